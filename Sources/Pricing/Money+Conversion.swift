extension Money {
    /// The amount in another currency: multiplied exactly, rounded once.
    ///
    /// Negative amounts round as positive ones do under half-even. Equal currencies at their identity rate only round.
    ///
    /// - Throws: ``PricingError/rateForOtherPair(expectedFrom:expectedTo:from:to:)``,
    ///   ``PricingError/amountOutOfRange(_:)``, or what ``PriceRounding/check(in:)`` throws.
    public func converted(
        to destination: Currency,
        at rate: ExchangeRate,
        rounding: PriceRounding = .halfEven
    ) throws(PricingError) -> Money {
        guard rate.from == currency, rate.to == destination else {
            throw .rateForOtherPair(expectedFrom: currency, expectedTo: destination, from: rate.from, to: rate.to)
        }
        let grid = try rounding.grid(in: destination)
        let what = "\(self) in \(destination) at \(rate.text)"
        guard let factor = Fraction.perMinorUnit(rate),
            let value = Int128(minorUnits).multiplied(factor.numerator),
            let step = Int128(grid.step).multiplied(factor.denominator),
            let residue = Int128(grid.residue).multiplied(factor.denominator),
            let index = grid.nearestIndex(to: value, step: step, residue: residue),
            let amount = grid.amount(at: index)
        else { throw .amountOutOfRange(what) }
        return Money(minorUnits: amount, currency: destination)
    }
}

extension Fraction {
    /// Minor units of the destination per minor unit of the source; nil if that doesn't fit.
    static func perMinorUnit(_ rate: ExchangeRate) -> Fraction? {
        guard let top = rate.fraction.numerator.multiplied(Int128(rate.to.minorUnitsPerWhole)),
            let bottom = rate.fraction.denominator.multiplied(Int128(rate.from.minorUnitsPerWhole))
        else { return nil }
        return Fraction(top, over: bottom)
    }
}

extension FixedWidthInteger {
    /// The product, nil if it doesn't fit.
    @inline(__always)
    func multiplied(_ other: Self) -> Self? {
        let (product, overflows) = multipliedReportingOverflow(by: other)
        return overflows ? nil : product
    }

    /// The sum, nil if it doesn't fit.
    @inline(__always)
    func added(_ other: Self) -> Self? {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? nil : sum
    }
}
