import Glibc
import SystemdNotify
import Testing

struct JournalSocketTests {
    private let journal: Listener

    init() throws {
        journal = try Listener()
    }

    /// The journal as it is where systemd connected standard error to it.
    private func socket() throws -> JournalSocket {
        var status = stat()
        try #require(fstat(STDERR_FILENO, &status) == 0)
        return try #require(
            JournalSocket(
                environment: ["JOURNAL_STREAM": "\(status.st_dev):\(status.st_ino)"],
                identifier: "synctec",
                path: journal.name
            )
        )
    }

    @Test
    func `an entry arrives with its fields`() throws {
        let entry = JournalEntry(
            "status OK",
            priority: .notice,
            fields: ["SYNCTEC_RUN": "3f2a", "SYNCTEC_SHOP": "a.myshopify.com"]
        )
        #expect(try socket().send(entry))
        #expect(
            journal.text
                == "MESSAGE=status OK\nPRIORITY=5\nSYSLOG_IDENTIFIER=synctec\nSYNCTEC_RUN=3f2a\nSYNCTEC_SHOP=a.myshopify.com\n"
        )
    }

    // HI-5
    @Test
    func `a value with line ends goes by its length, so that it makes no field of its own`() throws {
        #expect(try socket().send(JournalEntry("a\nPRIORITY=0", priority: .error)))
        let length: [UInt8] = [12, 0, 0, 0, 0, 0, 0, 0]
        let expected =
            Array("MESSAGE\n".utf8) + length + Array("a\nPRIORITY=0\nPRIORITY=3\nSYSLOG_IDENTIFIER=synctec\n".utf8)
        #expect(journal.received() == expected)
    }

    @Test(arguments: ["", "_PID", "shop", "A B", "A=B", "1A", "A\nB", String(repeating: "A", count: 65)])
    func `a field that the journal would not take is left out`(name: String) throws {
        #expect(try socket().send(JournalEntry("m", fields: [name: "v"])))
        #expect(journal.text == "MESSAGE=m\nPRIORITY=6\nSYSLOG_IDENTIFIER=synctec\n")
    }

    @Test(arguments: [[:], ["JOURNAL_STREAM": ""], ["JOURNAL_STREAM": "0:0"], ["JOURNAL_STREAM": "8:1:2"]])
    func `where standard error goes elsewhere, so do the lines`(environment: [String: String]) {
        #expect(JournalSocket(environment: environment, identifier: "synctec", path: journal.name) == nil)
    }

    @Test
    func `an entry too large for a datagram is the caller's to write`() throws {
        #expect(try !socket().send(JournalEntry(String(repeating: "x", count: 8 << 20))))
    }
}
