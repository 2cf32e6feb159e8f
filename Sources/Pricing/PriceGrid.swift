/// The amounts that a rounding allows: `residue`, `residue + step`, `residue + 2 × step` and so on, in minor units.
///
/// An amount is named by its index, the factor of `step`. Values to be rounded are fractions; their numerators come with the
/// grid's numbers brought to the same denominator, so that nothing is divided before the one rounding.
struct PriceGrid: Hashable, Sendable {
    let step: Int64
    /// At least 0, less than the step.
    let residue: Int64
    /// Halfway between two amounts: to the even index, or upwards.
    let tiesToEven: Bool

    /// The index of the least amount above zero.
    var firstPositiveIndex: Int64 { residue > 0 ? 0 : 1 }

    /// The amount of an index, nil if it can't be counted.
    func amount(at index: Int64) -> Int64? {
        let (product, productOverflows) = index.multipliedReportingOverflow(by: step)
        let (sum, sumOverflows) = product.addingReportingOverflow(residue)
        return productOverflows || sumOverflows ? nil : sum
    }

    /// The index of the nearest amount; `step` and `residue` are the grid's, times the value's denominator.
    ///
    /// Nil if the numbers don't fit.
    @inline(__always)
    func nearestIndex<Number>(to value: Number, step: Number, residue: Number) -> Int64?
    where Number: FixedWidthInteger & SignedInteger {
        guard let (below, rest) = Self.divide(value, step: step, residue: residue) else { return nil }
        let untilNext = step - rest
        let goesUp = rest > untilNext || (rest == untilNext && (!tiesToEven || below & 1 != 0))
        return Int64(exactly: goesUp ? below + 1 : below)
    }

    /// The index of the least amount that is not below the value; nil if the numbers don't fit.
    @inline(__always)
    static func leastIndex<Number>(notBelow value: Number, step: Number, residue: Number) -> Int64?
    where Number: FixedWidthInteger & SignedInteger {
        guard let (below, rest) = divide(value, step: step, residue: residue) else { return nil }
        return Int64(exactly: rest == 0 ? below : below + 1)
    }

    /// The index of the greatest amount that is not above the value; nil if the numbers don't fit.
    @inline(__always)
    static func greatestIndex<Number>(notAbove value: Number, step: Number, residue: Number) -> Int64?
    where Number: FixedWidthInteger & SignedInteger {
        guard let (below, _) = divide(value, step: step, residue: residue) else { return nil }
        return Int64(exactly: below)
    }

    /// The index below or at the value, and how far the value is above it: at least 0, less than the step.
    @inline(__always)
    private static func divide<Number>(_ value: Number, step: Number, residue: Number) -> (Number, Number)?
    where Number: FixedWidthInteger & SignedInteger {
        let (shifted, overflows) = value.subtractingReportingOverflow(residue)
        guard !overflows else { return nil }
        let (quotient, remainder) = shifted.quotientAndRemainder(dividingBy: step)
        return remainder < 0 ? (quotient - 1, remainder + step) : (quotient, remainder)
    }
}
