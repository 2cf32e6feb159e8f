/// Sends requests and receives answers: the one door to the network.
public protocol HTTPExchanging: Sendable {
    /// Sends a request and waits for the whole answer, whatever its status.
    ///
    /// - Throws: ``HTTPError`` where no complete answer came. Cancelling the task ends the exchange.
    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse

    /// Sends a request and writes the body of a 200 answer to a new file at `path` as it arrives.
    ///
    /// `progress` is told the bytes written so far, a few times a second at most.
    ///
    /// - Throws: ``HTTPError``; the file is then gone.
    func download(
        _ request: HTTPRequest,
        to path: String,
        progress: @escaping @Sendable (Int) -> Void
    ) async throws(HTTPError) -> HTTPDownload
}
