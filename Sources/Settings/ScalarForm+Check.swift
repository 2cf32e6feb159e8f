import Catalog
import Pricing

extension ScalarForm {
    /// What is wrong with a text that is not blank, with the advice that helps; `nil` if it has this form.
    func problem(_ scalar: SettingsScalar) -> (problem: String, allowed: String)? {
        let text = scalar.text
        let isSecret = if case .ledgerAddress = self { true } else { false }
        let refusal = ("\(isSecret ? "this" : quoted(text)) is not \(name)", allowed)
        switch self {
        case .boolean:
            if !scalar.isQuoted, text == "true" || text == "false" { return nil }
            if Self.truthWords.contains(text.lowercased()) || Self.shortTruthWords.contains(text.lowercased()) {
                return (refusal.0, "write true or false, without quotes")
            }
            return refusal
        case .whole(let range):
            guard !scalar.isQuoted else { return ("\(quoted(text)) in quotes is not a number", allowed) }
            return Int(plainDigits: text).map(range.contains) == true ? nil : refusal
        case .text, .path, .sku, .ledgerAddress:
            guard scalar.isQuoted || !Self.isMisreadable(text) else {
                return ("\(quoted(text)) could be a number, a truth value or a date", "put it in quotes if it is text")
            }
            return takesText(text) ? secretInside(text) : refusal
        default:
            return takesText(text) ? nil : refusal
        }
    }

    private func takesText(_ text: String) -> Bool {
        switch self {
        case .teamID: TeamID(text) != nil
        case .shop: ShopDomain(text) != nil
        case .endpoint: BaseURL(text) != nil
        case .text: text.isOnePrintableLine
        case .path: text.isOnePrintableLine && !text.hasPrefix("~") && !text.contains("$")
        case .sku: SKU(text) != nil
        case .currency: Currency(code: text) != nil
        case .choice(let words): words.contains { $0.utf8.elementsEqual(text.utf8) }
        case .share: (try? Percent(parsing: text)).map { $0 >= .zero && $0 <= Percent(100) } ?? false
        case .markup: (try? Percent(parsing: text)).map { $0 > Percent(-100) && $0 <= Percent(10_000) } ?? false
        case .duration(let hours): Duration(settingsText: text).map { $0 <= .seconds(hours * 3600) } ?? false
        case .date: CalendarDate(text) != nil
        case .amount(let isSigned): (try? ExactDecimal(parsing: text)).map { isSigned || $0.isPositive } ?? false
        case .wordOrAmount(let word): text == word || ScalarForm.amount(isSigned: false).takesText(text)
        case .rate: ScalarForm.amount(isSigned: false).takesText(text)
        case .ending: (try? PriceEnding(parsing: text)) != nil
        case .rounding: PriceRounding(settingsText: text) != nil
        case .ledgerAddress: text.isOnePrintableLine && text.contains { $0 == ":" || $0 == "=" }
        case .mailAddress: MailAddress.isPlain(text)
        case .mailServer: MailAddress.isServer(text)
        case .boolean, .whole: false
        }
    }

    /// Settings are read by many eyes: a password in the ledger's address is refused, without being shown.
    private func secretInside(_ text: String) -> (problem: String, allowed: String)? {
        guard case .ledgerAddress = self else { return nil }
        let authority = text.components(after: "://").prefix { $0 != "/" && $0 != "?" }
        let user = authority.lastIndex(of: "@").map { authority[..<$0] } ?? ""
        let names = text.lowercased().split { " ?&".contains($0) }
        guard user.contains(":") || names.contains(where: Self.namesPassword) else {
            return nil
        }
        return ("this address holds a password", "take it out and use a password file (PGPASSFILE, mode 0600)")
    }

    private static func namesPassword(_ name: Substring) -> Bool {
        ["password", "sslpassword"].contains { name == $0 || name.hasPrefix($0 + "=") }
    }

    private static let truthWords: Set<String> = ["true", "false", "yes", "no", "on", "off"]
    private static let shortTruthWords: Set<String> = ["y", "n", "1", "0"]

    /// Whether YAML 1.1 or 1.2 could make something other than text of it.
    static func isMisreadable(_ text: String) -> Bool {
        guard !truthWords.contains(text.lowercased()) else { return true }
        return text.utf8.contains { (0x30...0x39).contains($0) }
            && text.utf8.allSatisfy { "0123456789+-._:eEx,".utf8.contains($0) }
    }
}

extension String {
    /// Not blank, and no control or line sign in it; joiners are letters of some scripts.
    var isOnePrintableLine: Bool {
        !allSatisfy(\.isWhitespace)
            && unicodeScalars.allSatisfy { scalar in
                switch scalar.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
                default: true
                }
            }
    }

    /// What follows a mark; nothing where the mark is missing.
    fileprivate func components(after mark: String) -> Substring {
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(mark) { return rest.dropFirst(mark.count) }
            rest = rest.dropFirst()
        }
        return rest
    }
}

extension Int {
    /// Decimal digits and nothing else, up to nine of them; `nil` for all other text.
    init?(plainDigits text: String) {
        let digits = text.utf8
        guard (1...9).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        self.init(text)
    }
}

extension Duration {
    /// A whole number and `s`, `m`, `h` or `d`.
    package init?(settingsText text: String) {
        guard let unit = text.last, let number = Int(plainDigits: String(text.dropLast())) else { return nil }
        switch unit {
        case "s": self = .seconds(number)
        case "m": self = .seconds(number * 60)
        case "h": self = .seconds(number * 3600)
        case "d": self = .seconds(number * 86_400)
        default: return nil
        }
    }
}

extension PriceRounding {
    /// `half-even`, `whole`, or `nearest-` and a number above zero.
    init?(settingsText text: String) {
        switch text {
        case "half-even": self = .halfEven
        case "whole": self = .whole
        default:
            let mark = "nearest-"
            guard text.hasPrefix(mark), let step = try? ExactDecimal(parsing: text.dropFirst(mark.count)),
                step.isPositive
            else { return nil }
            self = .nearest(step)
        }
    }
}
