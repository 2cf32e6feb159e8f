/// The numbers of a compiled rule in one width, all numerators over the denominator `whole`.
struct RuleScale<Number: FixedWidthInteger & SignedInteger & Sendable>: Sendable {
    /// Destination minor units per source minor unit, marked up.
    let price: Number
    /// Destination minor units per source minor unit, plain.
    let cost: Number
    let whole: Number
    let offset: Number
    /// The greatest of the fixed floors; 0 for none.
    let least: Number
    /// The fixed ceiling.
    let most: Number?
    let step: Number
    let residue: Number

    /// The result for minor units of the source, nil if a number on the way doesn't fit.
    @inline(__always)
    func price(
        _ sourcePrice: Int64,
        cost sourceCost: Int64?,
        compareAt sourceCompareAt: Int64?,
        _ terms: RuleTerms,
        rule: Int?
    ) -> PricedResult? {
        var marks: PriceMarks = []
        var costValue: Number?
        var costMoney: Money?
        if let sourceCost {
            guard let value = Number(exactly: sourceCost)?.multiplied(cost),
                let amount = Self.halfEven(value, over: whole)
            else { return nil }
            costValue = value
            costMoney = Money(minorUnits: amount, currency: terms.currency)
        }
        func refused(_ refusal: PriceRefusal) -> PricedResult {
            PricedResult(price: .refused(refusal), compareAt: .held, cost: costMoney, rule: rule, marks: marks)
        }
        guard sourcePrice > 0 else { return refused(.sourceNotPositive) }

        guard let exact = markedUp(sourcePrice) else { return nil }
        var compareAtValue: Number?
        if let sourceCompareAt, sourceCompareAt > 0 {
            guard let value = markedUp(sourceCompareAt) else { return nil }
            compareAtValue = value
        }

        var floor = least
        if terms.hasCostFloor {
            if let costValue { floor = max(floor, costValue) } else { marks.insert(.floorCostMissing) }
        }
        var ceiling = most
        if terms.hasCompareAtCeiling, let compareAtValue { ceiling = min(ceiling ?? compareAtValue, compareAtValue) }
        if let ceiling, floor > ceiling { return refused(.floorAboveCeiling) }

        let value = min(max(exact, floor), ceiling ?? Number.max)
        guard value > 0 else { return refused(.notAboveZero) }
        guard var index = terms.grid.nearestIndex(to: value, step: step, residue: residue) else { return nil }
        let first = terms.grid.firstPositiveIndex
        if index < first {
            // A value this small has no price on the minor unit; the other roundings have a least price of their own.
            if terms.grid.tiesToEven, floor <= 0 { return refused(.notAboveZero) }
            index = first
        }
        if floor > 0 {
            guard let lowest = PriceGrid.leastIndex(notBelow: floor, step: step, residue: residue) else { return nil }
            index = max(index, lowest)
            if exact < floor { marks.insert(.raisedToFloor) }
        }
        if let ceiling {
            guard let highest = PriceGrid.greatestIndex(notAbove: ceiling, step: step, residue: residue)
            else { return nil }
            if index > highest {
                index = highest
                marks.insert(.loweredToCeiling)
            } else if exact > ceiling {
                marks.insert(.loweredToCeiling)
            }
            if index < first { return refused(.floorAboveCeiling) }
            if floor > 0 {
                guard let lowest = PriceGrid.leastIndex(notBelow: floor, step: step, residue: residue)
                else { return nil }
                if index < lowest { return refused(.floorAboveCeiling) }
            }
        }
        guard let amount = terms.grid.amount(at: index) else { return nil }

        var compareAt = CompareAtVerdict.none
        if sourceCompareAt != nil {
            compareAt = .cleared
            if let compareAtValue, compareAtValue > 0 {
                guard let index = terms.grid.nearestIndex(to: compareAtValue, step: step, residue: residue),
                    let compareAtAmount = terms.grid.amount(at: index)
                else { return nil }
                if compareAtAmount > amount {
                    compareAt = .price(Money(minorUnits: compareAtAmount, currency: terms.currency))
                }
            }
        }
        let money = Money(minorUnits: amount, currency: terms.currency)
        return PricedResult(price: .priced(money), compareAt: compareAt, cost: costMoney, rule: rule, marks: marks)
    }

    @inline(__always)
    private func markedUp(_ source: Int64) -> Number? {
        Number(exactly: source)?.multiplied(price)?.added(offset)
    }

    @inline(__always)
    private static func halfEven(_ value: Number, over whole: Number) -> Int64? {
        PriceGrid(step: 1, residue: 0, tiesToEven: true).nearestIndex(to: value, step: whole, residue: 0)
    }
}

extension RuleScale where Number == Int128 {
    /// Brings rate, markup and amounts of a rule to one denominator; nil if they don't fit.
    init?(_ rule: PriceRule, rate: ExchangeRate) {
        let hundred = ExactDecimal.power(ofTen: rule.markup.hundredths.scale + 2)
        guard let conversion = Fraction.perMinorUnit(rate),
            let grid = try? rule.rounding.grid(in: rate.to)
        else { return nil }
        let markup = Fraction(hundred + rule.markup.hundredths.digits, over: hundred)
        guard let price = conversion.numerator.multiplied(markup.numerator),
            let cost = conversion.numerator.multiplied(markup.denominator),
            let whole = conversion.denominator.multiplied(markup.denominator)
        else { return nil }
        let divisor = Fraction.greatestCommonDivisor(Fraction.greatestCommonDivisor(price, cost), whole)
        self.price = price / divisor
        self.cost = cost / divisor
        self.whole = whole / divisor

        var floors = [rule.minimum?.minorUnits ?? 0]
        if case .amount(let amount) = rule.floor { floors.append(amount.minorUnits) }
        guard let offset = Int128(rule.offset?.minorUnits ?? 0).multiplied(self.whole),
            let least = Int128(floors.max() ?? 0).multiplied(self.whole),
            let step = Int128(grid.step).multiplied(self.whole),
            let residue = Int128(grid.residue).multiplied(self.whole)
        else { return nil }
        self.offset = offset
        self.least = least
        self.step = step
        self.residue = residue
        if case .amount(let amount) = rule.ceiling {
            guard let most = Int128(amount.minorUnits).multiplied(self.whole) else { return nil }
            self.most = most
        } else {
            most = nil
        }
    }
}

extension RuleScale where Number == Int64 {
    /// The same numbers in half the width; nil if one doesn't fit.
    init?(exactly wide: RuleScale<Int128>) {
        guard let price = Int64(exactly: wide.price),
            let cost = Int64(exactly: wide.cost),
            let whole = Int64(exactly: wide.whole),
            let offset = Int64(exactly: wide.offset),
            let least = Int64(exactly: wide.least),
            let step = Int64(exactly: wide.step),
            let residue = Int64(exactly: wide.residue)
        else { return nil }
        if let widest = wide.most {
            guard let most = Int64(exactly: widest) else { return nil }
            self.most = most
        } else {
            most = nil
        }
        self.price = price
        self.cost = cost
        self.whole = whole
        self.offset = offset
        self.least = least
        self.step = step
        self.residue = residue
    }
}
