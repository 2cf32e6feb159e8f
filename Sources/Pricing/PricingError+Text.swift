extension PricingError: CustomStringConvertible {
    /// A full sentence: what, where, the numbers, and what to do.
    public var description: String {
        switch self {
        case .unknownCurrency(let code):
            "“\(code)” is no active ISO 4217 currency: write three capital letters, such as EUR."
        case .amountNotDecimal(let text):
            "“\(text)” is no amount: write digits, with a point before the decimals, such as 12.50."
        case .amountTooFine(let text, let currency):
            "\(text) has more decimals than \(currency) allows (\(currency.minorUnits)): it is refused, not rounded."
        case .amountTooLarge(let text, let currency):
            "\(text) \(currency) is too large an amount: at most 9223372036854775807 minor units can be counted."
        case .amountOutOfRange(let what):
            "Too large an amount: \(what) does not fit 9223372036854775807 minor units."
        case .differentCurrencies(let one, let other):
            "Amounts in \(one) and \(other) can't be added or compared: convert one of them first."
        case .numberNotDecimal(let text):
            "“\(text)” is no decimal number: write digits, with a point before the decimals, such as 0.925."
        case .numberTooLong(let text):
            "\(text) has too many digits: at most 18, and at most 18 decimals, are kept exactly."
        case .notPercent(let text):
            "“\(text)” is no percentage: write a number with its sign, such as 35% or -12.5%."
        case .notDate(let text):
            "“\(text)” is no date: write year, month and day, such as 2026-07-06."
        case .rateNotPositive(let from, let to, let value):
            "The rate \(value) from \(from) to \(to) is not above zero: prices can't be made with it."
        case .rateTooLong(let from, let to):
            "The rate from \(from) to \(to) has too many digits to be exact: write it with fewer."
        case .rateToItself(let currency, let value):
            "The rate of \(currency) to itself is given as \(value): leave it out, it is 1."
        case .rateMissing(let from, let to, let origin):
            "There is no rate from \(from) to \(to) in \(origin): add it, or use another source of rates."
        case .rateForOtherPair(let expectedFrom, let expectedTo, let from, let to):
            "The rate is from \(from) to \(to), but one from \(expectedFrom) to \(expectedTo) is needed."
        case .ratesMalformed(let origin, let line, let value, let problem):
            "\(origin), line \(line): \(problem.sentence(value))"
        case .notEnding(let text):
            "“\(text)” is no price ending: write a point and one to four digits, such as \".99\"."
        case .endingTooFine(let text, let currency):
            "The ending \(text) has more decimals than \(currency) (\(currency.minorUnits)): use “nearest” instead."
        case .stepNotPositive(let text):
            "Prices can't be rounded to the nearest \(text): the step must be above zero."
        case .stepTooFine(let text, let currency):
            "Prices in \(currency) can't be rounded to the nearest \(text): it has \(currency.minorUnits) decimals."
        case .markupLeavesNothing(let rule, let markup):
            "Price rule \(rule) has a markup of \(markup): that leaves no price; it must be above -100%."
        case .ruleInOtherCurrency(let rule, let key, let expected, let found):
            "Price rule \(rule) gives \(key) in \(found), but it must be in \(expected)."
        case .ruleContradicts(let rule, let key, let from, let below):
            "Price rule \(rule) can never fit: its \(key) goes from \(from) to below \(below)."
        case .ruleLimitNotPositive(let rule, let key, let amount):
            "Price rule \(rule) has a \(key) of \(amount): it must be above zero, or be left out."
        case .ruleTooLong(let rule):
            "The rate and the numbers of price rule \(rule) have too many digits together: write them with fewer."
        }
    }
}

extension RateFileProblem {
    fileprivate func sentence(_ value: String) -> String {
        switch self {
        case .empty: "there is no rate in it."
        case .notECB: "“\(value)” is not what the ECB's daily file has there."
        case .declaration: "“\(value)” declares a document type or an entity, which the ECB's file never does."
        case .columns: "“\(value)” has another number of values than the first line."
        case .header: "“\(value)” is neither from,to,rate,date nor the first line of the ECB's historic file."
        case .date: "“\(value)” is no date: it must be as in 2026-07-06."
        case .currency: "“\(value)” is no active ISO 4217 currency."
        case .number: "“\(value)” is no decimal number of at most 18 digits, such as 0.925."
        case .notPositive: "the rate \(value) is not above zero."
        case .duplicate: "\(value) stands there a second time for the same day."
        case .otherBase: "\(value) is not the currency that the first row starts from; all rows must share it."
        case .itself: "the rate of a currency to itself is given as \(value): it must be 1, or be left out."
        case .encoding: "the text is not UTF-8."
        }
    }
}
