import ArgumentParser
import Catalog
import Foundation
import Pricing
import Reporting
import Runs
import Settings

/// The rules of a comparison: a settings file's, or the few that options can say.
struct CompareRules: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Takes price rules, field policies, exceptions, aliases and brakes from a settings file, as a run does.",
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var settings: String?

    @Option(
        help: ArgumentHelp(
            "Whose part of the settings counts; once per file, in their order. Left out where the settings have only one.",
            valueName: "shop"
        ),
        transform: ShopDomain.told
    )
    var destination: [ShopDomain] = []

    @Option(help: ArgumentHelp("Added to converted prices, such as 20%.", valueName: "percent"))
    var markup: String?

    @Option(help: ArgumentHelp("What prices end in, such as .99.", valueName: "decimals"))
    var ending: String?

    @Option(
        help: ArgumentHelp(
            "How prices are rounded: half-even, whole, or to the nearest multiple of an amount such as 5.",
            valueName: "how"
        )
    )
    var rounding: String?

    @Option(
        help: ArgumentHelp(
            "Compares only these fields, with commas between. Left out: all that both files have, but the handle.",
            valueName: "fields"
        )
    )
    var fields: String?

    @Option(help: ArgumentHelp("Leaves these fields out, with commas between.", valueName: "fields"))
    var ignore: String?

    @Flag(help: "Also corrects prices that would move by more than 30 % down or 50 % up.")
    var held = false

    func check() throws {
        if settings != nil {
            for (name, value) in [
                ("markup", markup), ("ending", ending), ("rounding", rounding), ("fields", fields),
                ("ignore", ignore),
            ]
            where value != nil {
                throw ValidationError("--\(name) and --settings would be two sources of rules: use one of them")
            }
        } else if !destination.isEmpty {
            throw ValidationError("--destination names a part of the settings: name the file with --settings")
        }
        guard try !locked().isEmpty else {
            throw ValidationError(
                fields == nil
                    ? "--ignore leaves no field to compare: leave out fewer"
                    : "--fields\(ignore == nil ? " names" : " and --ignore leave") no field to compare: name one, such as price"
            )
        }
        _ = try priceRules()
    }

    /// The fields to compare without settings.
    func locked() throws -> FieldSet {
        var all = FieldSet.all
        all.remove(.handle)
        let chosen = try fields.map { try Self.fields($0, "--fields") } ?? all
        return chosen.subtracting(try ignored())
    }

    /// The fields that are left out.
    func ignored() throws -> FieldSet { try ignore.map { try Self.fields($0, "--ignore") } ?? FieldSet() }

    /// The price rules without settings.
    func priceRules() throws -> [PriceRule] {
        guard markup != nil || ending != nil || rounding != nil else { return [] }
        guard ending == nil || rounding == nil else {
            throw ValidationError("--ending and --rounding both say how prices are rounded: use one of them")
        }
        var rule = PriceRule()
        if let markup {
            rule.markup = try Self.told("--markup", markup, "a percentage with its sign, such as 20%") {
                () throws(PricingError) in try Percent(parsing: markup)
            }
        }
        if let ending {
            rule.rounding = try Self.told("--ending", ending, "the decimals of a price, such as .99") {
                () throws(PricingError) in .ending(try PriceEnding(parsing: ending))
            }
        }
        switch rounding {
        case nil where ending == nil, "half-even": rule.rounding = .halfEven
        case nil: break
        case "whole": rule.rounding = .whole
        case let step?:
            rule.rounding = try Self.told("--rounding", step, "half-even, whole, or an amount such as 5 or 0.05") {
                () throws(PricingError) in .nearest(try ExactDecimal(parsing: step))
            }
        }
        return [rule]
    }

    /// What an option's text stands for, or an error that names the option and what it takes.
    private static func told<Value>(
        _ option: String,
        _ text: String,
        _ allowed: String,
        _ parse: () throws(PricingError) -> Value
    ) throws -> Value {
        do throws(PricingError) {
            return try parse()
        } catch {
            throw ValidationError("\(option) takes \(allowed): \(error)")
        }
    }

    /// The settings and, for each of so many files, its part of them.
    func parts(files: Int) throws -> (TeamSettings, [DestinationSettings])? {
        guard let settings else { return nil }
        let loaded = try TeamSettings.told(file: settings)
        let known = loaded.destinations.map(\.store.shop.text).joined(separator: ", ")
        guard !destination.isEmpty else {
            guard let only = loaded.destinations.first, loaded.destinations.count == 1, files == 1 else {
                throw CommandFailure(
                    .usage,
                    "\(settings) has \(loaded.destinations.count, of: "destination") and there \(files == 1 ? "is" : "are") \(files, of: "file"): "
                        + "say whose each file is with --destination, once per file; there are: \(known)"
                )
            }
            return (loaded, [only])
        }
        guard destination.count == files else {
            throw CommandFailure(
                .usage,
                "--destination is given \(destination.count, of: "time") for \(files, of: "file"): once per file, in their order"
            )
        }
        return (
            loaded,
            try destination.map { shop in
                guard let part = loaded.destination(shop) else {
                    throw CommandFailure(.usage, "no destination \(shop) in \(settings); there are: \(known)")
                }
                return part
            }
        )
    }

    private static func fields(_ text: String, _ option: String) throws -> FieldSet {
        FieldSet(
            try text.split(separator: ",").map { part in
                let name = part.trimmingCharacters(in: .whitespaces)
                guard let field = CatalogField(rawValue: name) else {
                    throw ValidationError(
                        "\(option): there is no field \(name); there are: "
                            + CatalogField.allCases.map(\.rawValue).joined(separator: ", ")
                    )
                }
                return field
            }
        )
    }
}
