/// Hands mails to a server: the one door to SMTP.
public protocol MailExchanging: Sendable {
    /// Sends one mail to one recipient, and returns once the server has taken it.
    ///
    /// The message is the whole mail with its header, its lines ending in CRLF. `isStopping` is asked about once a second; `true` gives up.
    ///
    /// - Throws: ``MailError``; only ``MailError/unknown(host:reason:)`` leaves open whether the mail was taken.
    func send(
        _ message: [UInt8],
        from sender: String,
        to recipient: String,
        isStopping: @escaping @Sendable () -> Bool
    ) async throws(MailError)

    /// Connects, takes up TLS and signs in, as for a mail, and sends none.
    ///
    /// - Returns: what was found, in words.
    func probe() async throws(MailError) -> String
}
