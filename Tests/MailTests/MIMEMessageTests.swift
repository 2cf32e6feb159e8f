import Catalog
import Foundation
import Reporting
import Settings
import Testing

@testable import Mail

/// What another language's mail library makes of a mail.
struct MIMEMessageTests {
    private func draft(product: String = "Lämpchen – 燈", count: Int = 3) throws -> MailDraft {
        let part = try Sample.part(
            "lumen-home",
            status: "ATTENTION",
            corrections: (0..<count).map { Sample.row("LAMP-\($0)", product: product) },
            findings: [try Sample.finding("lumen-home", "LAMP-9", product: product)]
        )
        let list = try Sample.list(team: [("ops@northwind.example", .always)])
        return try #require(try Sample.post(try Sample.report([part]), list).drafts.first)
    }

    @Test func `a mail has its texts, its headers and its files, and is plain ASCII with short lines`() throws {
        let draft = try draft()
        let (mail, _) = try Sample.read(draft)
        #expect(mail.defects == [])
        #expect(
            mail.structure == [
                "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/csv", "text/html",
                "text/csv", "text/csv",
            ]
        )
        #expect(mail.longestLine <= 76 + 40)
        #expect(mail.bareLineEnds == 0)
        #expect(mail.eightBit == 0)
        #expect(mail.header("Subject") == ["[synctec] SP-TEAM-7KQ2MX: 3 corrected, 1 held – lumen-home.myshopify.com"])
        #expect(mail.header("From") == ["SyncTec <synctec@northwind.example>"])
        #expect(mail.header("To") == ["ops@northwind.example"])
        #expect(mail.header("Date") == ["Mon, 23 Nov 2026 09:00:00 +0000"])
        #expect(mail.header("Auto-Submitted") == ["auto-generated"])
        #expect(mail.header("List-Id") == ["Reports of SP-TEAM-7KQ2MX <sp-team-7kq2mx.synctec.northwind.example>"])
        #expect(mail.header("X-SyncTec-Run") == ["1f3c9a20aaaaaaaaaaaaaaaaaaaaaaaa"])
        #expect(mail.header("X-SyncTec-Status") == ["ATTENTION"])
        #expect(mail.header("X-SyncTec-Repeat") == [])
        #expect(mail.header("Message-ID").count == 1)
        #expect(mail.text == draft.text)
        #expect(mail.text.contains("Lämpchen – 燈"))
        #expect(mail.html.contains(draft.html))
        #expect(
            mail.attachments.map(\.name) == [
                "summary.csv", "report.html", "lumen-home-findings.csv", "lumen-home-corrections.csv",
            ]
        )
        for (read, sent) in zip(mail.attachments, draft.attachments) { #expect([UInt8](read.bytes) == sent.bytes) }
    }

    @Test func `the files are those of the report folder`() throws {
        let draft = try draft()
        let rows = (0..<3).map { Sample.row("LAMP-\($0)", product: "Lämpchen – 燈") }
        #expect(draft.attachments.last?.bytes == CorrectionRow.table(rows))
    }

    @Test func `the same mail has the same name, and another one to each recipient`() throws {
        let draft = try draft()
        func id(_ address: String, _ isRepeat: Bool) throws -> String {
            let team = try Sample.team()
            return MIMEMessage(draft, team: team, from: "s@n.example", to: address, mayBeRepeat: isRepeat).messageID
        }
        #expect(try id("a@b.example", false) == id("a@b.example", true))
        #expect(try id("a@b.example", false) != id("c@b.example", false))
        #expect(try id("a@b.example", false).hasSuffix("@n.example>"))
    }

    // ML-1
    @Test func `ML-1 a possible repeat says so in subject, header, text and HTML`() throws {
        let (mail, _) = try Sample.read(try draft(), mayBeRepeat: true)
        #expect(mail.header("Subject").first?.hasSuffix("(may be a repeat)") == true)
        #expect(mail.header("X-SyncTec-Repeat") == ["may be a repeat"])
        #expect(mail.text.hasPrefix("This mail may be a repeat"))
        #expect(mail.html.contains("This mail may be a repeat"))
    }

    // ML-2
    @Test(arguments: [
        "<script>alert(1)</script>", "<img src=\"https://evil.example/x.png\">", "<a href='https://evil.example'>x</a>",
        "&lt;b&gt;", "\u{202E}evil", "x\r\nBcc: all@evil.example", "--=_mixed_\r\n", "\r\n.\r\nMAIL FROM:<x@y>",
        "=?utf-8?B?eA==?=",
        "style=\"x:expression(1)\"", "\u{0}\u{1B}[31m",
    ])
    func `ML-2 nothing that a store calls a product is a tag, a header or a part`(title: String) throws {
        let plain = try Sample.read(try draft(product: "Lamp")).mail
        let (mail, bytes) = try Sample.read(try draft(product: title))
        #expect(mail.defects == [])
        #expect(mail.headers.map(\.first) == plain.headers.map(\.first))
        #expect(mail.structure == plain.structure)
        #expect(tags(mail.html) == tags(plain.html))
        #expect(!mail.html.contains("evil.example\"") && !mail.html.contains("<script"))
        #expect(!String(decoding: bytes, as: UTF8.self).contains("\r\nBcc"))
        for (read, sent) in zip(mail.attachments, try draft(product: title).attachments) {
            #expect([UInt8](read.bytes) == sent.bytes)
        }
    }

    @Test(arguments: ["run\r\nBcc: all@evil.example", "tab\tand\u{2028}line", String(repeating: "ü", count: 300)])
    func `ML-2 a subject can't add a header`(subject: String) throws {
        let base = try draft()
        let hostile = MailDraft(
            key: base.key,
            kind: .run,
            audience: .team,
            run: subject,
            status: subject,
            createdAt: base.createdAt,
            subject: subject,
            text: "x\n",
            html: "x",
            attachments: [],
            recipients: ["a@b.example"]
        )
        let (mail, bytes) = try Sample.read(hostile)
        #expect(mail.headers.compactMap(\.first) == (try Sample.read(base).mail.headers.compactMap(\.first)))
        #expect(mail.header("Subject") == [HarmlessText.line(subject)])
        let head = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n\r\n")[0]
        #expect(head.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 100 })
    }

    @Test func `texts of any kind come through quoted-printable and base64`() throws {
        var generator = SeededGenerator(seed: 7)
        let signs = Array("ab =.\tüß–燈🙂\u{301}")
        for length in 0..<120 {
            let text =
                String((0..<length).map { _ in signs[Int.random(in: 0..<signs.count, using: &generator)] }) + "\n"
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let draft = MailDraft(
                key: "k",
                kind: .run,
                audience: .team,
                run: "",
                status: "",
                createdAt: Sample.time,
                subject: text,
                text: text,
                html: "",
                attachments: [MailAttachment(name: "x.bin", type: "application/octet-stream", bytes: bytes)],
                recipients: ["a@b.example"]
            )
            guard length % 10 == 0 else {
                var encoded: [UInt8] = []
                QuotedPrintable.append(text, to: &encoded)
                let lines = String(decoding: encoded, as: UTF8.self).components(separatedBy: "\r\n")
                #expect(lines.allSatisfy { $0.utf8.count <= 76 })
                continue
            }
            let (mail, _) = try Sample.read(draft)
            #expect(Array(mail.text.utf8) == Array(text.utf8))
            #expect(mail.attachments.first.map { [UInt8]($0.bytes) } == bytes)
            #expect(mail.longestLine <= 100)
        }
    }

    private func tags(_ html: String) -> [String] {
        html.matches(of: /<\/?[a-z0-9]+/).map { String($0.output) }
    }
}

/// Numbers that are the same each time (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
