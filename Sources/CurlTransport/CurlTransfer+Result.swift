import CLibcurl
import Transport

extension CurlTransfer {
    /// What libcurl's verdict means to the caller.
    func result(of code: CURLcode) -> Result<CurlAnswer, HTTPError> {
        if let failure { return .failure(failure) }
        if code == CURLE_OK { return .success(answer) }
        let host = job.target.host
        if isSent { return .failure(.interrupted(host: host, reason: reason(code))) }
        if refusesAddress {
            return .failure(
                .refusedAddress(url: job.target.shownURL, reason: "its host has an address that is not allowed")
            )
        }
        switch code {
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            return .failure(.refusedAddress(url: job.target.shownURL, reason: reason(code)))
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM:
            return .failure(.untrusted(host: host, reason: reason(code)))
        case CURLE_SSL_CONNECT_ERROR where !isBrokenHandshake:
            return .failure(.untrusted(host: host, reason: reason(code)))
        default:
            return .failure(.notConnected(host: host, reason: reason(code)))
        }
    }

    /// Whether the connection broke while TLS was being agreed on, rather than TLS itself failing.
    ///
    /// libcurl has one code for both; its text begins with "OpenSSL SSL_connect:" where OpenSSL itself found no fault, and
    /// OpenSSL 3 has a fault of its own for a connection that just ends.
    private var isBrokenHandshake: Bool {
        let text = String(cString: errorText)
        return text.contains("SSL_connect: ") || text.contains("unexpected eof while reading")
    }

    /// libcurl's own words: they name hosts, addresses and certificates, never header values.
    private func reason(_ code: CURLcode) -> String {
        let text = String(cString: errorText)
        return text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
    }
}
