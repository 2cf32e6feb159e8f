import FlyingFox
import FlyingSocks
import Foundation

/// Carries requests from the HTTP server to a store and its answers back.
struct StoreHandler: HTTPHandler {
    let store: SimulatedStore

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        var headers: [String: String] = [:]
        for (name, value) in request.headers { headers[name.rawValue.lowercased()] = value }
        let call = IncomingCall(
            method: request.method.rawValue,
            path: request.path,
            headers: headers,
            body: Array(try await request.bodyData)
        )
        return Self.response(store.answer(call))
    }

    private static func response(_ answer: Answer) -> HTTPResponse {
        if answer.delivery == .dropped { return HTTPResponse(webSocket: ClosingHandler()) }
        var headers = HTTPHeaders()
        for header in answer.headers { headers.addValue(header.value, for: HTTPHeader(header.name)) }
        let status = HTTPStatusCode(answer.status, phrase: HTTPReason.phrase(answer.status))
        let body = Data(answer.body)
        guard case .cut(let count) = answer.delivery else {
            return HTTPResponse(
                statusCode: status,
                headers: headers,
                body: HTTPBodySequence(data: body, suggestedBufferSize: 1 << 18)
            )
        }
        let cut = CutBody(bytes: Array(body.prefix(count)))
        return HTTPResponse(
            statusCode: status,
            headers: headers,
            body: HTTPBodySequence(from: cut, count: body.count, suggestedBufferSize: 1 << 18)
        )
    }
}

/// Makes the server close the connection before it has written anything.
private struct ClosingHandler: WSHandler {
    struct Closed: Error {}

    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
        throw Closed()
    }
}

/// A body that breaks off: its end is an error, at which the server closes the connection.
private struct CutBody: AsyncBufferedSequence {
    typealias Element = UInt8
    struct BrokenOff: Error {}

    let bytes: [UInt8]

    func makeAsyncIterator() -> Iterator { Iterator(rest: bytes[...]) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        var rest: ArraySlice<UInt8>

        mutating func next() async throws -> UInt8? {
            guard let byte = rest.popFirst() else { throw BrokenOff() }
            return byte
        }

        mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
            guard !rest.isEmpty else { throw BrokenOff() }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
    }
}
