import Transport

extension HTTPExchanging {
    /// Sends a request; the failure as a value, to be judged beside the statuses.
    func exchange(_ request: HTTPRequest) async -> Result<HTTPResponse, HTTPError> {
        do throws(HTTPError) {
            return .success(try await send(request))
        } catch {
            return .failure(error)
        }
    }
}

extension HTTPError {
    /// Whether the other side is not who it should be: nothing a repetition heals.
    var isUntrusted: Bool {
        switch self {
        case .refusedAddress, .untrusted: true
        default: false
        }
    }
}
