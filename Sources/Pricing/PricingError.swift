/// Why an amount, a rate, a rate file or a price rule was refused, in a sentence for the operator.
public enum PricingError: Error, Sendable, Hashable {
    /// Not a code of an active ISO 4217 currency with minor units.
    case unknownCurrency(String)
    /// Not decimal text.
    case amountNotDecimal(String)
    /// More decimals than the currency has (FAULTS MO-2).
    case amountTooFine(String, Currency)
    /// More than 2^63 − 1 minor units.
    case amountTooLarge(String, Currency)
    /// The result of the described calculation does not fit an amount.
    case amountOutOfRange(String)
    /// Amounts of two currencies were added or compared (FAULTS MO-8).
    case differentCurrencies(Currency, Currency)
    /// Not decimal text.
    case numberNotDecimal(String)
    /// More than 18 digits or decimals.
    case numberTooLong(String)
    /// Not a decimal number with a percent sign behind it.
    case notPercent(String)
    /// Not a day as in 2026-07-06.
    case notDate(String)
    /// Zero or negative (FAULTS MO-3).
    case rateNotPositive(from: Currency, to: Currency, value: String)
    /// The digits of a crossed rate do not fit 128 bits.
    case rateTooLong(from: Currency, to: Currency)
    /// A rate from a currency to itself that is not 1.
    case rateToItself(Currency, value: String)
    /// The rates have no way between the two currencies (FAULTS MO-3).
    case rateMissing(from: Currency, to: Currency, origin: String)
    /// A rate is for another pair of currencies than the price (FAULTS MO-3).
    case rateForOtherPair(expectedFrom: Currency, expectedTo: Currency, from: Currency, to: Currency)
    /// A rate file or table could not be understood; `line` is counted from 1.
    case ratesMalformed(origin: String, line: Int, value: String, problem: RateFileProblem)
    /// Not a price ending such as ".99".
    case notEnding(String)
    /// An ending with more decimals than the currency, such as ".99" in JPY.
    case endingTooFine(String, Currency)
    /// A step of rounding that is not positive.
    case stepNotPositive(String)
    /// A step of rounding finer than the currency's minor unit.
    case stepTooFine(String, Currency)
    /// A markup of −100 % or lower, which leaves no price (FAULTS MO-4).
    case markupLeavesNothing(rule: Int, Percent)
    /// An amount of a price rule in another currency than the key needs.
    case ruleInOtherCurrency(rule: Int, key: String, expected: Currency, found: Currency)
    /// A price rule's limits contradict each other.
    case ruleContradicts(rule: Int, key: String, from: Money, below: Money)
    /// A price rule's floor, minimum or ceiling is not above zero.
    case ruleLimitNotPositive(rule: Int, key: String, Money)
    /// The numbers of a price rule together do not fit 128 bits.
    case ruleTooLong(rule: Int)
}

/// What is wrong at one place of a rate file.
public enum RateFileProblem: String, Sendable, Hashable {
    /// The file holds no rate at all.
    case empty
    /// The text is not XML of the ECB's form.
    case notECB
    /// A document type declaration or an entity, which these files never have.
    case declaration
    /// A row has more or fewer values than the header.
    case columns
    /// The first line is neither `from,to,rate,date` nor that of the ECB's historic file.
    case header
    /// Not a day as in 2026-07-06.
    case date
    /// Not a code of an active currency.
    case currency
    /// Not a decimal number of at most 18 digits.
    case number
    /// Zero or negative.
    case notPositive
    /// The same currency twice for one day.
    case duplicate
    /// A row that starts from another currency than the first row.
    case otherBase
    /// A rate of the base to itself that is not 1.
    case itself
    /// Not UTF-8.
    case encoding
}
