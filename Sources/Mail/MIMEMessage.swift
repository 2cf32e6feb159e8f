public import Catalog
import Reconciliation
import Reporting

/// A mail as it goes over the wire (RFC 5322, RFC 2045): the same bytes each time it is sent, but for the word that it may be a repeat.
public struct MIMEMessage: Sendable {
    private let draft: MailDraft
    private let team: TeamID
    private let sender: String
    private let recipient: String
    /// Whether an earlier sending of it may have arrived.
    private let mayBeRepeat: Bool

    /// The mail to one of its recipients.
    public init(_ draft: MailDraft, team: TeamID, from sender: String, to recipient: String, mayBeRepeat: Bool) {
        self.draft = draft
        self.team = team
        self.sender = sender
        self.recipient = recipient
        self.mayBeRepeat = mayBeRepeat
    }

    /// Names the mail to this recipient for good, so that a repeat can be told (FAULTS ML-1).
    public var messageID: String { "<\(digest.prefix(32))@\(host)>" }

    /// The whole mail, every line ending in CRLF.
    public var bytes: [UInt8] {
        var message: [UInt8] = []
        for (name, value) in headers { message += Array("\(name): \(value)\r\n".utf8) }
        message += Array("Content-Type: multipart/mixed; boundary=\"\(boundary("mixed"))\"\r\n\r\n".utf8)
        open("mixed", "Content-Type: multipart/alternative; boundary=\"\(boundary("text"))\"", &message)
        open("text", "Content-Type: text/plain; charset=utf-8\r\n\(Self.quoted)", &message)
        QuotedPrintable.append(text, to: &message)
        open("text", "Content-Type: text/html; charset=utf-8\r\n\(Self.quoted)", &message)
        QuotedPrintable.append(page, to: &message)
        close("text", &message)
        for attachment in draft.attachments {
            open(
                "mixed",
                "Content-Type: \(attachment.type); name=\"\(attachment.name)\"\r\n"
                    + "Content-Disposition: attachment; filename=\"\(attachment.name)\"\r\n"
                    + "Content-Transfer-Encoding: base64",
                &message
            )
            Base64Lines.append(attachment.bytes, to: &message)
        }
        close("mixed", &message)
        return message
    }

    private static let quoted = "Content-Transfer-Encoding: quoted-printable"

    private var headers: [(name: String, value: String)] {
        let list = "\(team.text.lowercased()).synctec.\(host)"
        var headers = [
            ("Date", draft.createdAt.mailDate),
            ("From", "SyncTec <\(sender)>"),
            ("To", recipient),
            ("Subject", EncodedWord.header(subject)),
            ("Message-ID", messageID),
            ("List-Id", "Reports of \(team) <\(list)>"),
            ("Auto-Submitted", "auto-generated"),
            ("X-Auto-Response-Suppress", "All"),
            ("X-SyncTec-Team", team.text),
            ("X-SyncTec-Kind", draft.kind.rawValue),
        ]
        if !draft.run.isEmpty { headers.append(("X-SyncTec-Run", EncodedWord.header(draft.run))) }
        if !draft.status.isEmpty { headers.append(("X-SyncTec-Status", EncodedWord.header(draft.status))) }
        if mayBeRepeat { headers.append(("X-SyncTec-Repeat", "may be a repeat")) }
        return headers + [("MIME-Version", "1.0")]
    }

    private var subject: String { mayBeRepeat ? "\(draft.subject) (may be a repeat)" : draft.subject }

    private static let repeatNote =
        "This mail may be a repeat: the server broke off before it said whether it had taken it."

    private var text: String { mayBeRepeat ? "\(Self.repeatNote)\n\n\(draft.text)" : draft.text }

    private var page: String {
        let note = mayBeRepeat ? "<p><em>\(Self.repeatNote)</em></p>\n" : ""
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
            <meta name="viewport" content="width=device-width"><title>\(HTMLText.escaped(subject))</title></head>
            <body style="margin:0;padding:16px;font:15px/1.45 system-ui,sans-serif">
            \(note)\(draft.html)
            </body></html>
            """
    }

    private var digest: String { SHA256Digest(of: Array("\(draft.key)\n\(team)\n\(recipient)".utf8)).hex }

    private var host: String { String(sender.split(separator: "@").last ?? "localhost") }

    /// `=_` is in no text of the two encodings, so no part can end another.
    private func boundary(_ part: String) -> String { "=_\(part)_\(digest.prefix(24))" }

    private func open(_ part: String, _ headers: String, _ message: inout [UInt8]) {
        message += Array("--\(boundary(part))\r\n\(headers)\r\n\r\n".utf8)
    }

    private func close(_ part: String, _ message: inout [UInt8]) {
        message += Array("--\(boundary(part))--\r\n".utf8)
    }
}

extension Timestamp {
    /// As a mail's header has it, in UTC: `Mon, 23 Nov 2026 09:00:00 +0000` (RFC 5322 §3.3).
    var mailDate: String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let since = seconds.quotientAndRemainder(dividingBy: 86_400)
        let day = since.remainder < 0 ? since.quotient - 1 : since.quotient
        let text = description
        let date = text.prefix(10).split(separator: "-")
        let month = date.count == 3 ? Int(date[1]) ?? 1 : 1
        return "\(days[Int((day % 7 + 7) % 7)]), \(date.last ?? "") \(months[month - 1]) \(date.first ?? "") "
            + "\(text.dropFirst(11).prefix(8)) +0000"
    }
}
