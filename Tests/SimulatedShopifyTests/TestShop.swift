import Foundation
import FoundationNetworking

@testable import SimulatedShopify

/// A store served on loopback for one test, and a plain HTTP client for it.
struct TestShop {
    static let token = "shpat_test"

    let store: SimulatedStore
    let server: SimulatedServer
    let base: String

    /// What a call came back with.
    struct Reply {
        let status: Int
        let headers: [String: String]
        let bytes: [UInt8]

        var json: JSONValue { (try? JSONParser.parse(bytes)) ?? .null }
        var text: String { String(decoding: bytes, as: UTF8.self) }
        var data: JSONValue { json["data"] ?? .null }
        /// The code of the first top-level error.
        var code: String? { json["errors"]?.elements?.first?["extensions"]?["code"]?.text }
    }

    init(_ change: (inout SimulatedStoreConfiguration) -> Void = { _ in }) async throws {
        var configuration = SimulatedStoreConfiguration(
            shop: "lamp-house.myshopify.com",
            currency: "EUR",
            accessToken: Self.token,
            products: Fixtures.products,
            locations: Fixtures.locations,
            now: { Date(timeIntervalSince1970: 1_790_000_000) }
        )
        change(&configuration)
        store = try SimulatedStore(configuration)
        server = try await SimulatedServer.start([store])
        base = server.endpoints[0].baseURL
    }

    func stop() async { await server.stop() }

    func graphQL(
        _ query: String,
        _ variables: JSONValue = [:],
        token: String? = TestShop.token,
        version: String = "2026-07"
    ) async throws -> Reply {
        let body: JSONValue = ["query": .string(query), "variables": variables]
        var headers = ["Content-Type": "application/json"]
        if let token { headers["X-Shopify-Access-Token"] = token }
        return try await send("POST", "/admin/api/\(version)/graphql.json", Array(body.jsonText.utf8), headers)
    }

    func control(_ action: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        try await send(body == nil ? "GET" : "POST", "/__control/\(action)", body.map { Array($0.jsonText.utf8) }, [:])
            .json
    }

    func send(
        _ method: String,
        _ path: String,
        _ body: [UInt8]? = nil,
        _ headers: [String: String] = [:]
    ) async throws -> Reply {
        let address = path.hasPrefix("http") ? path : base + path
        guard let url = URL(string: address) else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        if let body { request.httpBody = Data(body) }
        let session = URLSession(configuration: .ephemeral, delegate: RedirectRefusal(), delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        let (data, response) = try await session.data(for: request)
        let http = response as? HTTPURLResponse
        var fields: [String: String] = [:]
        for (name, value) in http?.allHeaderFields ?? [:] { fields["\(name)".lowercased()] = "\(value)" }
        return Reply(status: http?.statusCode ?? 0, headers: fields, bytes: Array(data))
    }

    /// Runs a bulk query to its end and downloads its file.
    func export(_ query: String) async throws -> (status: JSONValue, lines: [JSONValue]) {
        let started = try await graphQL(
            "mutation($query: String!) { bulkOperationRunQuery(query: $query) { bulkOperation { id } userErrors { code message } } }",
            ["query": .string(query)]
        )
        let id = started.data["bulkOperationRunQuery"]?["bulkOperation"]?["id"] ?? .null
        let status =
            try await graphQL(
                "query($id: ID!) { bulkOperation(id: $id) { status errorCode objectCount rootObjectCount fileSize url partialDataUrl } }",
                ["id": id]
            ).data["bulkOperation"] ?? .null
        guard let url = status["url"]?.text else { return (status, []) }
        let file = try await send("GET", url)
        return (status, file.text.split(separator: "\n").map { (try? JSONParser.parse(String($0))) ?? .null })
    }

    /// The id of the first variant (`id`), its item (`inventory_item`) or its product's under `product`.
    func ids(sku: String) -> (variant: JSONValue, item: JSONValue, product: JSONValue) {
        let found = store.variants(sku: sku).first ?? .null
        return (found["id"] ?? .null, found["inventory_item"] ?? .null, found["product"]?["id"] ?? .null)
    }

    func locationID(_ name: String) -> JSONValue {
        store.catalogue["locations"]?.elements?.first { $0["name"]?.text == name }?["id"] ?? .null
    }
}

/// Leaves redirects to the test.
private final class RedirectRefusal: NSObject, URLSessionTaskDelegate, Sendable {
    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}

/// A small catalogue that has one of everything.
enum Fixtures {
    static let locations = [
        SimulatedLocation(name: "Amsterdam"), SimulatedLocation(name: "Berlin"),
        SimulatedLocation(name: "Closed", isActive: false),
    ]

    static let products = [
        SimulatedProduct(
            title: "Café Lamp",
            description: "<p>Warm &amp; bright</p>",
            vendor: "Lumen",
            productType: "Lighting",
            tags: ["new", "Sale", "new", "sale"],
            seoTitle: "Lamp",
            options: ["Size", "Colour"],
            variants: [
                SimulatedVariant(
                    sku: "LAMP-S",
                    price: "19.99",
                    compareAtPrice: "25",
                    cost: "7.50",
                    barcode: "4000000000017",
                    optionValues: ["S", "Black"],
                    countryOfOrigin: "DE",
                    hsCode: "940520",
                    weight: SimulatedWeight(value: 0.5, unit: "KILOGRAMS"),
                    inventory: ["Amsterdam": 5, "Berlin": 2]
                ),
                SimulatedVariant(
                    sku: "LAMP-L",
                    price: "29.00",
                    optionValues: ["L", "Black"],
                    taxable: false,
                    inventoryPolicy: "CONTINUE",
                    inventory: ["Amsterdam": 0]
                ),
            ],
            collections: ["lighting", "best-of"]
        ),
        SimulatedProduct(
            title: "Mug",
            status: "DRAFT",
            variants: [SimulatedVariant(sku: "MUG", price: "8", tracked: false, inventory: ["Amsterdam": 40])],
            collections: ["best-of"]
        ),
        SimulatedProduct(title: "Nameless", variants: [SimulatedVariant(sku: nil, price: "1.00")]),
    ]
}
