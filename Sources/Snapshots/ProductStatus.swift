/// The status of a product as a number that compares across snapshots read with the same key.
///
/// The statuses of API version 2026-07 have small numbers; a status that came later has a number above 2³¹ made from its
/// text, so that equal texts have equal numbers (API-NOTES, section 6: "expect unknown enum values").
public struct ProductStatus: RawRepresentable, Hashable, Sendable {
    /// The number.
    public let rawValue: UInt32

    /// Takes the number.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The lines had no status.
    public static let absent = ProductStatus(rawValue: 0)
    /// Sold where published.
    public static let active = ProductStatus(rawValue: 1)
    /// Not shown yet.
    public static let draft = ProductStatus(rawValue: 2)
    /// Kept, not shown.
    public static let archived = ProductStatus(rawValue: 3)
    /// Reached by its link only.
    public static let unlisted = ProductStatus(rawValue: 4)

    /// The API's word; `nil` for a status this version doesn't know, whose word stands in the record.
    public var text: String? {
        switch self {
        case .absent: ""
        case .active: "ACTIVE"
        case .draft: "DRAFT"
        case .archived: "ARCHIVED"
        case .unlisted: "UNLISTED"
        default: nil
        }
    }

    /// The status of a word of the API.
    init(_ bytes: UnsafeBufferPointer<UInt8>, key: FingerprintKey) {
        switch bytes.count {
        case 0: self = .absent
        case 5 where bytes.equals("DRAFT"): self = .draft
        case 6 where bytes.equals("ACTIVE"): self = .active
        case 8 where bytes.equals("ARCHIVED"): self = .archived
        case 8 where bytes.equals("UNLISTED"): self = .unlisted
        default:
            let hash = UInt32(truncatingIfNeeded: key.hash(bytes).low)
            self = ProductStatus(rawValue: 0x8000_0000 | hash)
        }
    }
}
