import CLibcurl
import Transport

extension CurlTransfer {
    /// Sets everything libcurl has to know.
    ///
    /// Nothing is left to a default that matters for safety.
    func configure(_ setup: CurlSetup, proxy: String?) throws(HTTPError) {
        let limits = job.request.limits
        let isTLS = job.target.scheme == .https

        try set(CURLOPT_URL, job.target.url)
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_PROTOCOLS_STR, isTLS ? "https" : "http")
        try set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_NOSIGNAL, 1)
        // Without it, giving up on a slow name server waits for the name server.
        try set(CURLOPT_QUICK_EXIT, 1)

        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let pem = setup.trust?.pem {
            try check(
                pem.withUnsafeBytes { synctec_curl_set_blob(handle, CURLOPT_CAINFO_BLOB, $0.baseAddress, $0.count) }
            )
        }

        // An empty name switches off libcurl's own look into the environment.
        try set(CURLOPT_PROXY, proxy ?? "")
        try set(CURLOPT_NOPROXY, "")
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))

        try set(CURLOPT_HTTP_VERSION, isTLS ? Int(CURL_HTTP_VERSION_2TLS) : Int(CURL_HTTP_VERSION_1_1))
        // Wait for a connection that may turn out to be HTTP/2 rather than open one for each request.
        try set(CURLOPT_PIPEWAIT, isTLS ? 1 : 0)
        // With its default of 16 kB libcurl 7.88.1 often stalls where several streams share a connection; see also `nudge`.
        try set(CURLOPT_BUFFERSIZE, 128 << 10)
        try set(CURLOPT_ACCEPT_ENCODING, "")
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_CONNECTTIMEOUT_MS, max(1, limits.connect.wholeMilliseconds))
        try set(CURLOPT_USERAGENT, setup.userAgent)
        try setPinnedNames(setup.pinnedNames)
        try setHeaders()
        try setBody()
        try setCallbacks()
    }

    private func setBody() throws(HTTPError) {
        let method = job.request.method
        guard method != .get || source != nil else { return try set(CURLOPT_HTTPGET, 1) }
        try set(CURLOPT_UPLOAD, 1)
        try set(CURLOPT_CUSTOMREQUEST, method.rawValue)
        try check(synctec_curl_set_offset(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(source?.count ?? 0)))
    }

    private func setHeaders() throws(HTTPError) {
        // libcurl would wait up to a second for a permission to send that few servers give.
        var lines = ["Expect:"]
        for header in job.request.headers {
            guard header.isSendable else {
                throw .refusedAddress(
                    url: job.target.shownURL,
                    reason: "a header of the request cannot be sent: a line break or an odd name"
                )
            }
            // "Name:" alone would mean to leave the header out; the semicolon sends it empty.
            lines.append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        try setList(CURLOPT_HTTPHEADER, lines)
    }

    private func setPinnedNames(_ names: [String]) throws(HTTPError) {
        guard !names.isEmpty else { return }
        try setList(CURLOPT_RESOLVE, names)
    }

    private func setList(_ option: CURLoption, _ lines: [String]) throws(HTTPError) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                curl_slist_free_all(list)
                throw .notConnected(host: job.target.host, reason: "libcurl has no memory for a request")
            }
            list = longer
        }
        if let list { lists.append(list) }
        try check(synctec_curl_set_list(handle, option, list))
    }

    private func set(_ option: CURLoption, _ value: Int) throws(HTTPError) {
        try check(synctec_curl_set_long(handle, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(HTTPError) {
        try check(synctec_curl_set_string(handle, option, value))
    }

    /// Stops before anything is sent where libcurl does not know an option: better no request than an unguarded one.
    func check(_ code: CURLcode) throws(HTTPError) {
        guard code == CURLE_OK else {
            throw .notConnected(host: job.target.host, reason: "libcurl: \(String(cString: curl_easy_strerror(code)))")
        }
    }
}

extension HTTPHeader {
    /// Whether the line can be sent as it is: a token for the name, no control character in the value (RFC 9110, 5.5).
    fileprivate var isSendable: Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
            && value.utf8.allSatisfy { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
    }
}
