/// A positive fraction in lowest terms.
///
/// Equal values have equal parts.
struct Fraction: Hashable, Sendable {
    let numerator: Int128
    let denominator: Int128

    /// Both parts above zero.
    init(_ numerator: Int128, over denominator: Int128) {
        let divisor = Self.greatestCommonDivisor(numerator, denominator)
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    /// Euclid's; 1 at least, so that it can be divided by.
    static func greatestCommonDivisor(_ one: Int128, _ other: Int128) -> Int128 {
        var (a, b) = (one.magnitude, other.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        return max(Int128(exactly: a) ?? 1, 1)
    }

    /// Decimal text rounded half-even to so many significant digits, without zeros at its end.
    func text(significantDigits: Int) -> String {
        let ten = Int128(10)
        var digits: [UInt8] = []
        var whole = numerator / denominator
        var rest = numerator % denominator
        var decimals = 0
        let wholeDigits = whole == 0 ? 0 : String(whole).utf8.count
        if wholeDigits >= significantDigits { return String(roundedHalfEven(whole, rest)) }
        // One decimal digit at a time: the rest stays below the denominator, so only it must bear a factor of ten.
        var significant = wholeDigits
        while significant < significantDigits, rest != 0 {
            let (next, overflows) = rest.multipliedReportingOverflow(by: ten)
            guard !overflows else { break }
            let digit = next / denominator
            rest = next % denominator
            digits.append(UInt8(truncatingIfNeeded: digit))
            decimals += 1
            if significant > 0 || digit != 0 { significant += 1 }
        }
        for digit in digits { whole = whole * ten + Int128(digit) }
        var rounded = roundedHalfEven(whole, rest)
        while decimals > 0, rounded % ten == 0 {
            rounded /= ten
            decimals -= 1
        }
        return DecimalText.text(isNegative: false, digits: rounded.magnitude, decimals: decimals)
    }

    private func roundedHalfEven(_ whole: Int128, _ rest: Int128) -> Int128 {
        let untilNext = denominator - rest
        return rest > untilNext || (rest == untilNext && whole % 2 != 0) ? whole + 1 : whole
    }
}
