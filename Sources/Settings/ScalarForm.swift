import Catalog
import Pricing

/// The forms a single value can have.
///
/// What a form takes, the readers of `TeamSettings` can turn into its type.
enum ScalarForm: Sendable {
    case teamID
    case shop
    case endpoint
    case text
    case path
    case sku
    case currency
    case boolean
    case choice([String])
    case whole(ClosedRange<Int>)
    /// A part of a whole, 0 % to 100 %.
    case share
    /// What is added to a price, as its share: above −100 %.
    case markup
    /// A length of time up to so many hours.
    case duration(mostHours: Int)
    case date
    /// An amount of a currency that is known later; above zero unless signed.
    case amount(isSigned: Bool)
    /// A word, or an amount above zero.
    case wordOrAmount(String)
    case rate
    case ending
    case rounding
    case ledgerAddress
    case mailAddress
    case mailServer

    /// The form's name with its article, as in "is not …".
    var name: String {
        switch self {
        case .teamID: "a Team ID"
        case .shop: "a shop's permanent address"
        case .endpoint: "a base URL"
        case .text: "text on one line"
        case .path: "a path"
        case .sku: "a SKU"
        case .currency: "a currency"
        case .boolean: "true or false"
        case .choice: "allowed here"
        case .whole: "a whole number in range"
        case .share: "a share"
        case .markup: "a markup"
        case .duration: "a length of time in range"
        case .date: "a date"
        case .amount: "an amount"
        case .wordOrAmount(let word): "\(word) or an amount"
        case .rate: "a rate"
        case .ending: "a price ending"
        case .rounding: "a way to round"
        case .ledgerAddress: "a Postgres address"
        case .mailAddress: "a mail address"
        case .mailServer: "a mail server's URL"
        }
    }

    /// What to write.
    var allowed: String {
        switch self {
        case .teamID: "SP-TEAM- and six signs, as synctec team create prints it"
        case .shop: "name.myshopify.com in small letters, no https://, port or path"
        case .endpoint: "https://host, or http://127.0.0.1:port, without user, query or fragment"
        case .text: "text; in quotes where it looks like a number or a truth value"
        case .path: "a path, whole or from this file's folder; ~ and $ are not expanded"
        case .sku: "a SKU exactly as the store has it, in quotes where it looks like a number"
        case .currency: "three capital letters of ISO 4217, such as EUR"
        case .boolean: "true or false, without quotes"
        case .choice(let words): words.joined(separator: " | ")
        case .whole(let range): "\(range.lowerBound) to \(range.upperBound), without quotes"
        case .share: "0% to 100% with its sign, such as 20%"
        case .markup: "above -100% and up to 10000% with its sign, such as 35%"
        case .duration(let hours): "a whole number and s, m, h or d, such as 90m, up to \(hours)h"
        case .date: "year-month-day, such as 2026-11-01"
        case .amount(let isSigned):
            isSigned ? "decimal digits, such as \"1.50\" or \"-0.25\"" : "decimal digits above zero, such as \"9.99\""
        case .wordOrAmount(let word): "\(word), or decimal digits above zero, such as \"9.99\""
        case .rate: "decimal digits above zero, such as \"0.9250\""
        case .ending: "a point and up to four digits, such as \".99\""
        case .rounding: "half-even, whole, or nearest-5 with any number above zero"
        case .ledgerAddress: "postgresql://user@host/name, or key=value pairs as libpq takes them"
        case .mailAddress: "name@host, plain letters, one address"
        case .mailServer: "smtps://host:465, or smtp://host:587 for STARTTLS, without user and password"
        }
    }
}
