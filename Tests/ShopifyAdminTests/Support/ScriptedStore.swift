import Catalog
import Glibc
import Settings
import Synchronization
import Transport

@testable import ShopifyAdmin

/// A store whose answers are written down beforehand, call by call.
final class ScriptedStore: HTTPExchanging {
    /// What is answered to one call.
    enum Reply: Sendable {
        /// A status 200 with this JSON as `data`.
        case data(String)
        /// A status 200 with this JSON as the whole body.
        case body(String)
        case status(Int, String = "", headers: [HTTPHeader] = [])
        case failure(HTTPError)
    }

    /// What is answered to a download.
    enum File: Sendable {
        case bytes(String)
        case status(Int)
        case failure(HTTPError)
    }

    /// One call as it arrived.
    struct Call: Sendable {
        let operation: String
        let variables: JSONValue
        let request: HTTPRequest
    }

    private struct State {
        var replies: [String: [Reply]]
        var files: [File]
        var calls: [Call] = []
        var downloads: [HTTPRequest] = []
    }

    private let state: Mutex<State>
    private let headers: [HTTPHeader]

    /// Takes the replies by operation, in order; the last one is given again and again.
    init(_ replies: [String: [Reply]] = [:], files: [File] = [], version: String? = "2026-07") {
        state = Mutex(State(replies: Self.ordinary.merging(replies) { $1 }, files: files))
        headers =
            [HTTPHeader("Date", "Mon, 23 Nov 2026 09:00:00 GMT"), HTTPHeader("X-Request-Id", "req-7")]
            + (version.map { [HTTPHeader("X-Shopify-API-Version", $0)] } ?? [])
    }

    var calls: [Call] { state.withLock { $0.calls } }
    var downloads: [HTTPRequest] { state.withLock { $0.downloads } }

    /// The names of the operations in the order they came.
    var operations: [String] { calls.map(\.operation) }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let call = Self.call(request)
        let reply = state.withLock { state -> Reply? in
            state.calls.append(call)
            guard var left = state.replies[call.operation], let first = left.first else { return nil }
            if left.count > 1 {
                left.removeFirst()
                state.replies[call.operation] = left
            }
            return first
        }
        switch reply {
        case .data(let data): return response(200, #"{"data":\#(data)}"#)
        case .body(let body): return response(200, body)
        case .status(let status, let body, let more): return response(status, body, more)
        case .failure(let error): throw error
        case nil: return response(404, "no script for \(call.operation)")
        }
    }

    func download(
        _ request: HTTPRequest,
        to path: String,
        progress: @escaping @Sendable (Int) -> Void
    ) async throws(HTTPError) -> HTTPDownload {
        let file = state.withLock { state -> File in
            state.downloads.append(request)
            return state.files.count > 1 ? state.files.removeFirst() : state.files.first ?? .status(404)
        }
        switch file {
        case .bytes(let text):
            guard let stream = fopen(path, "wx") else {
                throw .file(path: path, reason: String(cString: strerror(errno)))
            }
            fputs(text, stream)
            fclose(stream)
            progress(text.utf8.count)
            return HTTPDownload(status: 200, headers: HTTPHeaders([]), bytes: text.utf8.count)
        case .status(let status): return HTTPDownload(status: status, headers: HTTPHeaders([]), bytes: 0)
        case .failure(let error): throw error
        }
    }

    private func response(_ status: Int, _ body: String, _ more: [HTTPHeader] = []) -> HTTPResponse {
        HTTPResponse(status: status, headers: HTTPHeaders(headers + more), body: Array(body.utf8))
    }

    private static func call(_ request: HTTPRequest) -> Call {
        guard case .bytes(let bytes) = request.body, let body = try? JSONValue(reading: bytes) else {
            return Call(operation: "token", variables: .null, request: request)
        }
        return Call(
            operation: body["operationName"]?.text ?? "?",
            variables: body["variables"] ?? .null,
            request: request
        )
    }
}

extension ScriptedStore {
    /// What a small store in order answers.
    private static let ordinary: [String: [Reply]] = [
        "ShopIdentity": [.data(identity())],
        "Locations": [
            .data(
                #"""
                {"locations":{"nodes":[{"id":"gid://shopify/Location/1","name":"Rotterdam","isActive":true,"isFulfillmentService":false}],"pageInfo":{"hasNextPage":false,"endCursor":"a"}}}
                """#
            )
        ],
        "CatalogCounts": [counts(products: 1, variants: 1)],
        "CollectionsCount": [.data(#"{"collectionsCount":{"count":1,"precision":"EXACT"}}"#)],
        "StartBulkQuery": [started(11)],
        "ExportStatus": [export("COMPLETED")],
    ]

    static func identity(domain: String = "lumen-home.myshopify.com", versions: [String] = ["2026-04", "2026-07"])
        -> String
    {
        let list = versions.map { #"{"handle":"\#($0)","supported":true}"# }.joined(separator: ",")
        return #"""
            {"shop":{"id":"gid://shopify/Shop/5","name":"Lumen","myshopifyDomain":"\#(domain)","currencyCode":"EUR","ianaTimezone":"Europe/Amsterdam"},"currentAppInstallation":{"id":"gid://shopify/AppInstallation/1","accessScopes":[{"handle":"read_products"},{"handle":"read_locations"}]},"publicApiVersions":[\#(list)]}
            """#
    }

    static func counts(products: Int, variants: Int) -> Reply {
        .data(
            #"{"productsCount":{"count":\#(products),"precision":"EXACT"},"productVariantsCount":{"count":\#(variants),"precision":"EXACT"}}"#
        )
    }

    static func started(_ number: Int) -> Reply {
        .data(
            #"{"bulkOperationRunQuery":{"bulkOperation":{"id":"gid://shopify/BulkOperation/\#(number)","status":"CREATED","createdAt":"2026-11-23T09:00:01Z"},"userErrors":[]}}"#
        )
    }

    /// The state of an export; by default of one that has ``catalogue`` for a result.
    static func export(
        _ status: String,
        error: String? = nil,
        objects: Int = 3,
        roots: Int = 1,
        size: Int? = catalogue.utf8.count,
        url: String? = "https://storage.googleapis.com/shop/result.jsonl?sign=1"
    ) -> Reply {
        let quoted: (String?) -> String = { $0.map { "\"\($0)\"" } ?? "null" }
        return .data(
            #"{"bulkOperation":{"id":"gid://shopify/BulkOperation/11","status":"\#(status)","errorCode":\#(quoted(error)),"objectCount":"\#(objects)","rootObjectCount":"\#(roots)","fileSize":\#(quoted(size.map(String.init))),"url":\#(quoted(url)),"createdAt":"2026-11-23T09:00:01Z","completedAt":null}}"#
        )
    }

    /// A result file of one product, one variant and one level.
    static let catalogue = """
        {"id":"gid:\\/\\/shopify\\/Product\\/1","handle":"lamp"}
        {"id":"gid:\\/\\/shopify\\/ProductVariant\\/2","sku":"LAMP","__parentId":"gid:\\/\\/shopify\\/Product\\/1"}
        {"id":"gid:\\/\\/shopify\\/InventoryLevel\\/3","__parentId":"gid:\\/\\/shopify\\/ProductVariant\\/2"}

        """
}
