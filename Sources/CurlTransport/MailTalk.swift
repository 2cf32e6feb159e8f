import CLibcurl
import Transport

/// What is said between libcurl and a mail server about one mail, as far as it tells who refused what.
///
/// Keeps the verb of the last command and the server's last reply; no argument of a command, so no password either.
final class MailTalk {
    private static let replyLimit = 500

    private let message: [UInt8]
    private let needsSignIn: Bool
    private let isStopping: @Sendable () -> Bool
    private var position = 0
    /// Whether libcurl has taken the last byte of the mail: from here on the server may have it.
    private var isSent = false
    private var wasStopped = false
    private var lacksSignIn = false
    /// What the server said to the last EHLO; `nil` on a kept connection, where sign-in is done.
    private var offersSignIn: Bool?
    private var continues = false
    private var isOver = false
    private var verb = ""
    private var replyCode = 0
    private var reply = ""

    init(message: [UInt8], needsSignIn: Bool, isStopping: @escaping @Sendable () -> Bool) {
        self.message = message
        self.needsSignIn = needsSignIn
        self.isStopping = isStopping
    }

    /// What libcurl's verdict means.
    func result(of code: CURLcode, host: String, reason: String) -> Result<Void, MailError> {
        if lacksSignIn || (code == CURLE_OK && needsSignIn && offersSignIn == false) {
            return .failure(.signInRefused(host: host, reason: "the server offers none"))
        }
        if code == CURLE_OK { return .success(()) }
        if isSent {
            guard replyCode >= 400 else { return .failure(.unknown(host: host, reason: reason)) }
            return .failure(.mailRefused(reply: reply, isPermanent: replyCode >= 500))
        }
        if wasStopped { return .failure(.cancelled) }
        switch code {
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CONNECT_ERROR, CURLE_USE_SSL_FAILED:
            return .failure(.untrusted(host: host, reason: reason))
        case CURLE_LOGIN_DENIED:
            return .failure(.signInRefused(host: host, reason: replyCode >= 400 ? reply : reason))
        default:
            break
        }
        guard replyCode >= 400, code != CURLE_OPERATION_TIMEDOUT else {
            return .failure(.notReached(host: host, reason: reason))
        }
        let isPermanent = replyCode >= 500
        switch (verb, replyCode) {
        case (_, 421): return .failure(.notReached(host: host, reason: reply))
        case ("RCPT", _): return .failure(.recipientRefused(reply: reply, isPermanent: isPermanent))
        // 552 and 523: larger than the server takes (RFC 1870, RFC 7504).
        case ("DATA", _), ("MAIL", 552), ("MAIL", 523):
            return .failure(.mailRefused(reply: reply, isPermanent: isPermanent))
        case ("AUTH", _): return .failure(.signInRefused(host: host, reason: reply))
        default: return .failure(.refused(host: host, reply: reply))
        }
    }

    private func send(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard !needsSignIn || offersSignIn != false else {
            lacksSignIn = true
            return Int(CURL_READFUNC_ABORT)
        }
        let count = min(buffer.count, message.count - position)
        buffer.copyBytes(from: message[position..<position + count])
        position += count
        // libcurl knows the size and need not ask again after the last byte.
        if position == message.count, !isSent {
            isSent = true
            replyCode = 0
            reply = ""
        }
        return count
    }

    /// Takes one line of a reply: three digits, a dash before the last one, text (RFC 5321 §4.2).
    private func hear(_ line: UnsafeRawBufferPointer) {
        guard !isOver else { return }
        let text = String(decoding: line, as: UTF8.self).unicodeScalars.prefix(Self.replyLimit)
        let shown = String(String.UnicodeScalarView(text.filter { $0.value >= 0x20 && $0.value != 0x7F }))
        let code = Int(shown.prefix(3)) ?? 0
        let isFirst = code != replyCode || !continues
        continues = shown.dropFirst(3).first == "-"
        let rest = shown.dropFirst(4)
        if verb == "EHLO", code == 250, rest.uppercased().hasPrefix("AUTH") { offersSignIn = true }
        replyCode = code
        reply = isFirst ? shown : String("\(reply) \(rest)".prefix(Self.replyLimit))
    }

    private func say(_ command: UnsafeRawBufferPointer) {
        let word = String(decoding: command.prefix(8), as: UTF8.self).prefix { $0.isLetter }.uppercased()
        let verbs = ["EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "NOOP", "QUIT"]
        guard verbs.contains(word) else { return }
        // How it says goodbye tells nothing any more.
        guard word != "QUIT" else {
            isOver = true
            return
        }
        verb = word
        // What was offered before TLS doesn't count.
        if word == "EHLO" { offersSignIn = false }
    }
}

extension MailTalk {
    private static func from(_ context: UnsafeMutableRawPointer?) -> MailTalk? {
        context.map { Unmanaged<MailTalk>.fromOpaque($0).takeUnretainedValue() }
    }

    static let readCallback: curl_read_callback = { bytes, size, count, context in
        let space = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
        return MailTalk.from(context)?.send(into: space) ?? Int(CURL_READFUNC_ABORT)
    }

    static let replyCallback: curl_write_callback = { bytes, size, count, context in
        MailTalk.from(context)?.hear(UnsafeRawBufferPointer(start: bytes, count: size * count))
        return size * count
    }

    static let debugCallback: curl_debug_callback = { _, kind, bytes, count, context in
        if kind == CURLINFO_HEADER_OUT {
            MailTalk.from(context)?.say(UnsafeRawBufferPointer(start: bytes, count: count))
        }
        return 0
    }

    static let progressCallback: curl_xferinfo_callback = { context, _, _, _, _ in
        guard let talk = MailTalk.from(context), talk.isStopping() else { return 0 }
        talk.wasStopped = true
        return 1
    }
}
