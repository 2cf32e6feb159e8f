/// Decimal text as it stands in Shopify's answers, rate files and settings.
///
/// An optional minus, digits, optionally a point and more digits. Nothing else: no plus, blank, exponent, separator, or
/// bare point. Read once, without an allocation, into digits and a number of decimals; zeros at the end of the decimals are dropped.
@usableFromInline
struct DecimalText {
    @usableFromInline let isNegative: Bool
    @usableFromInline let digits: UInt64
    @usableFromInline let decimals: Int

    @usableFromInline
    enum Problem: Error {
        case notDecimal
        case tooManyDigits
    }

    @inlinable
    init(_ bytes: some Sequence<UInt8>) throws(Problem) {
        var isNegative = false
        var digits: UInt64 = 0
        var decimals = 0
        var zerosHeld = 0
        var isFirst = true
        var hasPoint = false
        var digitsSincePoint = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "-") where isFirst:
                isNegative = true
            case UInt8(ascii: ".") where !hasPoint && digitsSincePoint > 0:
                hasPoint = true
                digitsSincePoint = 0
            case UInt8(ascii: "0") where hasPoint:
                zerosHeld += 1
                digitsSincePoint += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                while zerosHeld > 0 {
                    digits = try Self.appending(0, to: digits)
                    decimals += 1
                    zerosHeld -= 1
                }
                digits = try Self.appending(UInt64(byte &- UInt8(ascii: "0")), to: digits)
                decimals += hasPoint ? 1 : 0
                digitsSincePoint += 1
            default:
                throw .notDecimal
            }
            isFirst = false
        }
        guard digitsSincePoint > 0 else { throw .notDecimal }
        self.isNegative = isNegative
        self.digits = digits
        self.decimals = decimals
    }

    @inlinable
    static func appending(_ digit: UInt64, to digits: UInt64) throws(Problem) -> UInt64 {
        let (shifted, shiftOverflows) = digits.multipliedReportingOverflow(by: 10)
        let (sum, sumOverflows) = shifted.addingReportingOverflow(digit)
        guard !shiftOverflows, !sumOverflows else { throw .tooManyDigits }
        return sum
    }

    /// Prints digits with a point before the last `decimals` of them, at least one digit before the point.
    static func text(isNegative: Bool, digits: some UnsignedInteger, decimals: Int) -> String {
        var digitsText = String(digits)
        if decimals > 0 {
            let missing = decimals + 1 - digitsText.utf8.count
            if missing > 0 { digitsText = String(repeating: "0", count: missing) + digitsText }
            let point = digitsText.utf8.index(digitsText.endIndex, offsetBy: -decimals)
            digitsText.insert(".", at: point)
        }
        return isNegative ? "-" + digitsText : digitsText
    }
}
