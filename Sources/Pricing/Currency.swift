/// A currency of ISO 4217 in which prices can be counted: its code and how many decimals its minor unit has.
///
/// Exists only for codes in ``CurrencyTable``; withdrawn codes, metals and test codes are refused. Eight bytes at most,
/// no reference: fit for packed rows. Sorts by code.
public struct Currency: Hashable, Sendable {
    /// The three letters above the lowest byte, which holds the number of decimals: integers sort as the codes do.
    @usableFromInline let packed: UInt32

    /// The currency of a code of three capital letters, nil unless it is active and has minor units.
    public init?(code: String) {
        var letters: UInt32 = 0
        guard code.utf8.count == 3 else { return nil }
        for letter in code.utf8 {
            letters = letters << 8 | UInt32(letter)
        }
        guard let decimals = CurrencyTable.decimals(ofCode: letters) else { return nil }
        packed = letters << 8 | decimals
    }

    /// Trusts its caller; only for the constants below, which a test holds against the table.
    private init(_ letters: (Unicode.Scalar, Unicode.Scalar, Unicode.Scalar), decimals: UInt32) {
        packed = letters.0.value << 24 | letters.1.value << 16 | letters.2.value << 8 | decimals
    }

    /// Three capital letters, such as "EUR".
    public var code: String {
        String(unsafeUninitializedCapacity: 3) { bytes in
            bytes[0] = UInt8(truncatingIfNeeded: packed >> 24)
            bytes[1] = UInt8(truncatingIfNeeded: packed >> 16)
            bytes[2] = UInt8(truncatingIfNeeded: packed >> 8)
            return 3
        }
    }

    /// Decimals of an amount in this currency, 0 to 4: 2 for EUR, 0 for JPY, 3 for KWD.
    @inlinable public var minorUnits: Int { Int(packed & 0xFF) }

    /// Minor units in one whole unit, 1 to 10,000: 100 for EUR, 1 for JPY, 1000 for KWD.
    @inlinable public var minorUnitsPerWhole: Int64 {
        switch minorUnits {
        case 0: 1
        case 1: 10
        case 2: 100
        case 3: 1000
        default: 10_000
        }
    }
}

extension Currency {
    /// Australian dollar, 2 decimals.
    public static let aud = Currency(("A", "U", "D"), decimals: 2)
    /// Bahraini dinar, 3 decimals.
    public static let bhd = Currency(("B", "H", "D"), decimals: 3)
    /// Canadian dollar, 2 decimals.
    public static let cad = Currency(("C", "A", "D"), decimals: 2)
    /// Swiss franc, 2 decimals.
    public static let chf = Currency(("C", "H", "F"), decimals: 2)
    /// Euro, 2 decimals.
    public static let eur = Currency(("E", "U", "R"), decimals: 2)
    /// Pound sterling, 2 decimals.
    public static let gbp = Currency(("G", "B", "P"), decimals: 2)
    /// Yen, no decimals.
    public static let jpy = Currency(("J", "P", "Y"), decimals: 0)
    /// South Korean won, no decimals.
    public static let krw = Currency(("K", "R", "W"), decimals: 0)
    /// Kuwaiti dinar, 3 decimals.
    public static let kwd = Currency(("K", "W", "D"), decimals: 3)
    /// Swedish krona, 2 decimals.
    public static let sek = Currency(("S", "E", "K"), decimals: 2)
    /// US dollar, 2 decimals.
    public static let usd = Currency(("U", "S", "D"), decimals: 2)
}

extension Currency: Comparable {
    /// By code, as letters sort.
    public static func < (left: Currency, right: Currency) -> Bool { left.packed < right.packed }
}

extension Currency: CustomStringConvertible {
    /// The code.
    public var description: String { code }
}

extension Currency: Codable {
    /// Reads the code as a string.
    public init(from decoder: any Decoder) throws {
        let code = try decoder.singleValueContainer().decode(String.self)
        guard let currency = Currency(code: code) else { throw PricingError.unknownCurrency(code) }
        self = currency
    }

    /// Writes the code as a string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}
