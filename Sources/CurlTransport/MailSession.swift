import CLibcurl
import Transport

/// A libcurl easy handle for one mail server; it keeps its connection between mails.
final class MailSession {
    private let relay: MailRelay
    private let limits: MailLimits
    private let handle: UnsafeMutableRawPointer
    private let trust: TrustedCertificates?
    private let errorText: UnsafeMutablePointer<CChar>

    init(relay: MailRelay, trust: TrustedCertificates?, limits: MailLimits) throws(HTTPError) {
        guard curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK, let handle = curl_easy_init() else {
            throw .notConnected(host: relay.host, reason: "libcurl has no memory to start")
        }
        self.relay = relay
        self.limits = limits
        self.trust = trust
        self.handle = handle
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(handle)
        errorText.deallocate()
        curl_global_cleanup()
    }

    /// Sends one mail, or without one only connects and signs in.
    func exchange(_ envelope: MailEnvelope?, isStopping: @escaping @Sendable () -> Bool) -> Result<Void, MailError> {
        let first = attempt(envelope, isFresh: false, isStopping)
        // A server may close a connection between two mails; that says nothing about the next one.
        guard case .failure(.notReached) = first.result, first.wasKept else { return first.result }
        return attempt(envelope, isFresh: true, isStopping).result
    }

    private func attempt(
        _ envelope: MailEnvelope?,
        isFresh: Bool,
        _ isStopping: @escaping @Sendable () -> Bool
    ) -> (result: Result<Void, MailError>, wasKept: Bool) {
        let talk = MailTalk(message: envelope?.message ?? [], needsSignIn: relay.login != nil, isStopping: isStopping)
        errorText.update(repeating: 0, count: Int(CURL_ERROR_SIZE))
        curl_easy_reset(handle)
        var recipients: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(recipients) }
        let code: CURLcode
        if let envelope {
            recipients = curl_slist_append(nil, envelope.recipient)
            guard recipients != nil else {
                return (.failure(.notReached(host: relay.host, reason: "libcurl has no memory")), false)
            }
        }
        do throws(CurlRefusal) {
            try configure(envelope, recipients, isFresh: isFresh)
            try listen(talk)
        } catch {
            return (.failure(.notReached(host: relay.host, reason: "libcurl refused an option: \(error.code)")), false)
        }
        code = withExtendedLifetime(talk) { curl_easy_perform(handle) }
        var connections = 0
        synctec_curl_get_long(handle, CURLINFO_NUM_CONNECTS, &connections)
        return (talk.result(of: code, host: relay.host, reason: reason(code)), connections == 0)
    }

    private func configure(
        _ envelope: MailEnvelope?,
        _ recipients: UnsafeMutablePointer<curl_slist>?,
        isFresh: Bool
    ) throws(CurlRefusal) {
        let scheme: String
        switch relay.security {
        case .tls: scheme = "smtps"
        case .startTLS, .none: scheme = "smtp"
        }
        try set(CURLOPT_URL, "\(scheme)://\(relay.host):\(relay.port)")
        try set(CURLOPT_PROTOCOLS_STR, scheme)
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_FRESH_CONNECT, isFresh ? 1 : 0)

        if case .startTLS = relay.security { try set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let pem = trust?.pem {
            try check(
                pem.withUnsafeBytes { synctec_curl_set_blob(handle, CURLOPT_CAINFO_BLOB, $0.baseAddress, $0.count) }
            )
        }
        if let login = relay.login {
            try set(CURLOPT_USERNAME, login.user)
            try set(CURLOPT_PASSWORD, login.password())
        }

        try set(CURLOPT_CONNECTTIMEOUT_MS, max(1, limits.connect.wholeMilliseconds))
        try set(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, Int(limits.reply.components.seconds)))
        try set(CURLOPT_TIMEOUT_MS, max(1, limits.total.wholeMilliseconds))

        guard let envelope else {
            try set(CURLOPT_CUSTOMREQUEST, "NOOP")
            try set(CURLOPT_NOBODY, 1)
            return
        }
        try set(CURLOPT_MAIL_FROM, envelope.sender)
        try check(synctec_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients))
        try set(CURLOPT_UPLOAD, 1)
        try check(synctec_curl_set_offset(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(envelope.message.count)))
    }

    private func listen(_ talk: MailTalk) throws(CurlRefusal) {
        let context = Unmanaged.passUnretained(talk).toOpaque()
        for option in [CURLOPT_READDATA, CURLOPT_HEADERDATA, CURLOPT_DEBUGDATA, CURLOPT_XFERINFODATA] {
            try check(synctec_curl_set_pointer(handle, option, context))
        }
        try check(synctec_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText))
        try check(synctec_curl_set_read(handle, MailTalk.readCallback))
        try check(synctec_curl_set_write(handle, CURLOPT_HEADERFUNCTION, MailTalk.replyCallback))
        try check(synctec_curl_set_debug(handle, MailTalk.debugCallback))
        try set(CURLOPT_VERBOSE, 1)
        try check(synctec_curl_set_progress(handle, MailTalk.progressCallback))
        try set(CURLOPT_NOPROGRESS, 0)
    }

    /// libcurl's own words; they name hosts, addresses, certificates and reply codes, never a password.
    private func reason(_ code: CURLcode) -> String {
        let text = String(cString: errorText)
        return text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
    }

    private struct CurlRefusal: Error {
        let code: UInt32
    }

    private func set(_ option: CURLoption, _ value: Int) throws(CurlRefusal) {
        try check(synctec_curl_set_long(handle, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(CurlRefusal) {
        try check(synctec_curl_set_string(handle, option, value))
    }

    private func check(_ code: CURLcode) throws(CurlRefusal) {
        guard code == CURLE_OK else { throw CurlRefusal(code: code.rawValue) }
    }
}
