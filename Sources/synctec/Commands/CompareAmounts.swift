import ArgumentParser
import Catalog
import CatalogFiles
import Foundation
import Pricing
import Reporting
import Runs
import Settings

/// Currencies and rates of a comparison.
struct CompareAmounts: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The rate: units of the destination's currency for one of the source's, such as EUR=0.925; once per currency.",
            valueName: "currency=rate"
        )
    )
    var rate: [String] = []

    @Option(
        help: ArgumentHelp(
            "A file of rates: from,to,rate,date, or the ECB's daily XML or historic CSV.",
            valueName: "file"
        ),
        completion: .file()
    )
    var rates: String?

    @Option(
        help: ArgumentHelp("The source's currency; bulk files tell it by their costs.", valueName: "code")
    )
    var sourceCurrency: String?

    @Option(
        help: ArgumentHelp(
            "The destination's currency; once for all files, or once per file in their order.",
            valueName: "code"
        )
    )
    var destinationCurrency: [String] = []

    func check(destinations: Int) throws {
        guard rate.isEmpty || rates == nil else {
            throw ValidationError("--rate and --rates both give rates: use one of them")
        }
        guard destinationCurrency.count <= 1 || destinationCurrency.count == destinations else {
            throw ValidationError(
                "--destination-currency is given \(destinationCurrency.count, of: "time") for \(destinations, of: "file"): once for all, or "
                    + "once per file"
            )
        }
        for code in destinationCurrency + [sourceCurrency].compactMap(\.self) { _ = try Self.currency(code) }
        _ = try named()
    }

    /// The rates that `--rate` names; without a currency, the one entry is of `nil`.
    private func named() throws -> [(currency: Currency?, rate: ExactDecimal)] {
        let entries: [(currency: Currency?, rate: ExactDecimal)] = try rate.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            do {
                return (
                    parts.count == 2 ? try Self.currency(String(parts[0])) : nil,
                    try ExactDecimal(parsing: parts[parts.count - 1])
                )
            } catch let error as PricingError {
                throw ValidationError("--rate \(text): \(error)")
            }
        }
        guard entries.count <= 1 || entries.allSatisfy({ $0.currency != nil }) else {
            throw ValidationError("--rate: of several rates each needs its currency, as in EUR=0.925")
        }
        guard Set(entries.map(\.currency)).count == entries.count else {
            throw ValidationError("--rate: a currency stands there twice")
        }
        return entries
    }

    /// The currencies of the source and of each destination.
    func currencies(
        source: CatalogFile,
        destinations: [CatalogFile],
        mustBeKnown: Bool
    ) throws -> (source: Currency, destinations: [Currency], notes: [String]) {
        let named = try named()
        let known = try sourceCurrency.map(Self.currency) ?? Self.told(source)
        let others: [Currency?] = try destinations.enumerated().map { place, file in
            if !destinationCurrency.isEmpty {
                return try Self.currency(destinationCurrency[destinationCurrency.count == 1 ? 0 : place])
            }
            if let told = try Self.told(file) { return told }
            return named.count == 1 && destinations.count == 1 ? named[0].currency : nil
        }
        if mustBeKnown || !named.isEmpty || rates != nil {
            guard let known else {
                throw CommandFailure(
                    .usage,
                    "\(source.name) does not tell its currency: name it with --source-currency"
                )
            }
            let found = try zip(destinations, others).map { file, currency in
                guard let currency else {
                    throw CommandFailure(
                        .usage,
                        "\(file.name) does not tell its currency: name it, as in --rate EUR=0.925, or with --destination-currency"
                    )
                }
                return currency
            }
            return (known, found, [])
        }
        // One currency for what nobody named: amounts are compared as they are.
        let common = known ?? others.compactMap(\.self).first ?? .usd
        let isGuessed = known == nil && others.allSatisfy { $0 == nil }
        return (
            known ?? common,
            others.map { $0 ?? common },
            isGuessed ? ["no currency is named: amounts are compared as they are, with two decimals"] : []
        )
    }

    /// The rates the options give; `nil` where they give none.
    func table(source: Currency, destinations: [Currency], today: CalendarDate) throws -> RateTable? {
        if let rates {
            do {
                return try RateFile(path: rates).table()
            } catch {
                throw CommandFailure(.usage, "--rates: \(error)")
            }
        }
        let named = try named()
        guard !named.isEmpty else { return nil }
        var entries: [Currency: ExactDecimal] = [:]
        for (currency, rate) in named {
            if let currency {
                entries[currency] = rate
            } else {
                let others = Set(destinations.filter { $0 != source })
                guard let only = others.first, others.count == 1 else {
                    throw CommandFailure(
                        .usage,
                        others.isEmpty
                            ? "--rate \(rate): both files are in \(source); name the destination's currency, as in EUR=\(rate)"
                            : "--rate \(rate): the files are in \(others.sorted().map(\.code).joined(separator: ", ")); give one rate for each, as in EUR=\(rate)"
                    )
                }
                entries[only] = rate
            }
        }
        do {
            return try RateTable(base: source, date: today, origin: "--rate", rates: entries)
        } catch {
            throw CommandFailure(.usage, "--rate: \(error)")
        }
    }

    private static func currency(_ code: String) throws -> Currency {
        guard let currency = Currency(code: code.uppercased()) else {
            throw ValidationError("\(code) is no currency of ISO 4217, such as EUR")
        }
        return currency
    }

    private static func told(_ file: CatalogFile) throws -> Currency? {
        do {
            return try file.currencyOfCosts()
        } catch {
            throw CommandFailure(error)
        }
    }
}
