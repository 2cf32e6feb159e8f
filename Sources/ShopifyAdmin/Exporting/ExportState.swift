import Catalog

/// How a bulk operation stands.
struct ExportState: Sendable, Hashable {
    /// What the status asks for; an unknown one is waited out like ``underWay``.
    enum Stage: Sendable, Hashable {
        case underWay
        case completed
        /// FAILED, CANCELED, EXPIRED, or gone.
        case lost
    }

    let status: String
    let errorCode: String
    let objects: Int
    let rootObjects: Int
    let fileSize: Int?
    let url: String?

    /// Reads an object `BulkOperation` as `ExportStatus` selects it.
    ///
    /// Its numbers come as strings (`UnsignedInt64`).
    init(_ field: AnswerField) throws(AnswerFault) {
        status = try field.member("status").text()
        errorCode = try field.nullable("errorCode")?.text() ?? ""
        objects = try Self.count(field.member("objectCount"))
        rootObjects = try Self.count(field.member("rootObjectCount"))
        fileSize = try field.nullable("fileSize").map { size throws(AnswerFault) in try Self.count(size) }
        url = try field.nullable("url")?.text()
    }

    var stage: Stage {
        switch status {
        case "COMPLETED": .completed
        case "FAILED", "CANCELED", "EXPIRED": .lost
        default: .underWay
        }
    }

    private static func count(_ field: AnswerField) throws(AnswerFault) -> Int {
        guard let number = Int(exactly: try field.integer()), number >= 0 else { throw field.fault("is no count") }
        return number
    }
}
