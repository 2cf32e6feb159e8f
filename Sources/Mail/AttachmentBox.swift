import Reporting

/// The files of a mail: compressed past a size, and left out where the mail would become too large.
struct AttachmentBox: Sendable {
    /// From this size on a file is compressed.
    static let mostPlainBytes = 64 << 10
    /// From this size on a page is compressed, and no longer opens at a touch on a phone.
    static let mostPlainPageBytes = 1 << 20
    /// A row takes more than this, compressed and encoded.
    private static let leastRowBytes = 8
    /// What a file's header lines take.
    private static let headerBytes = 400

    private(set) var attachments: [MailAttachment] = []
    /// The names of what was left out.
    private(set) var leftOut: [String] = []
    private var room: Int

    /// - Parameter mostBytes: the largest mail as it is sent, of which a part is kept for the text.
    init(mostBytes: Int) {
        room = mostBytes - mostBytes / 10
    }

    /// Adds a table, the most important first; an empty one is not worth a file.
    mutating func add<Row: CSVRecord>(_ rows: [Row], as name: String) {
        guard !rows.isEmpty else { return }
        // Hundreds of thousands of rows are not put together just to be left out.
        guard rows.count <= room / Self.leastRowBytes else {
            leftOut.append(name)
            return
        }
        let type = "text/csv; charset=utf-8; header=present"
        add(MailAttachment(name: name, type: type, bytes: Row.table(rows)), mostPlainBytes: Self.mostPlainBytes)
    }

    /// Adds an HTML page if there is room.
    mutating func add(page bytes: [UInt8], as name: String) {
        let file = MailAttachment(name: name, type: "text/html; charset=utf-8", bytes: bytes)
        add(file, mostPlainBytes: Self.mostPlainPageBytes)
    }

    private mutating func add(_ file: MailAttachment, mostPlainBytes: Int) {
        let (name, bytes) = (file.name, file.bytes)
        var attachment = file
        if bytes.count > mostPlainBytes, let packed = Gzip.compressed(bytes) {
            attachment = MailAttachment(name: "\(name).gz", type: "application/gzip", bytes: packed)
        }
        let count = Base64Lines.encodedCount(attachment.bytes.count) + Self.headerBytes
        guard count <= room else {
            leftOut.append(name)
            return
        }
        room -= count
        attachments.append(attachment)
    }
}
