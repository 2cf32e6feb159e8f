import ArgumentParser
import Catalog
import PostgresLedger
import Reconciliation
import ReportPage
import Reporting
import Runs
import Settings

/// The command `synctec drift`.
struct Drift: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "Tells from past runs who changed what, how often and since when.",
        discussion: """
            With --sku, every difference that the runs found in that SKU, newest first: who moved, from which value to which, what \
            became of it, and since when the destination had the value. With --top, the fields that a destination changes \
            again and again although they are set back each time; stock, which moves with every sale, is not among them.

            Example: synctec drift --sku LAMP-01
            Example: synctec drift --top 10 --days 90 --destination lumen-home
            """
    )

    @Option(help: ArgumentHelp("The SKU, exactly as the source has it.", valueName: "sku"))
    var sku: String?

    @Option(
        defaultAsFlag: 20,
        help: ArgumentHelp("Those changed most often: that many, or 20.", valueName: "count")
    )
    var top: Int?

    @OptionGroup var team: TeamOptions
    @OptionGroup var destinations: DestinationOptions

    @Option(help: ArgumentHelp("How many days to look back.", valueName: "count"))
    var days = 30

    /// The most rows that --sku lists.
    private static let mostRows = 1000

    mutating func validate() throws {
        guard (sku == nil) != (top == nil) else { throw ValidationError("give either --sku SKU or --top") }
        guard (1...36_500).contains(days) else { throw ValidationError("--days takes 1 to 36500") }
        guard (1...100_000).contains(top ?? 1) else { throw ValidationError("--top takes 1 to 100000") }
        guard sku.map({ SKU($0) != nil }) ?? true else { throw ValidationError("the SKU is blank") }
    }

    mutating func run() async throws {
        let settings = try team.load()
        let only = try destinations.only(of: settings)
        let now = Timestamp.now
        let span = DriftSpan(since: now + .seconds(-86_400 * days), until: now, shops: only)
        try await Session.with(settings, team.output) { session in
            do {
                if let wanted = sku.flatMap({ SKU($0) }) {
                    let found = try await session.ledger.drift(
                        ofSKU: wanted,
                        span,
                        of: settings.team,
                        limit: Self.mostRows
                    )
                    try show(found, of: wanted)
                } else {
                    try show(try await session.ledger.repeatedDrift(span, of: settings.team, limit: top ?? 20))
                }
            } catch let error as LedgerError {
                throw CommandFailure(error)
            }
        }
    }
}

extension Drift {
    private func show(_ found: [DriftedValue], of sku: SKU) throws {
        if team.json {
            try Console.out(try JSONText.of(found.map(DriftDocument.init)))
            return
        }
        guard !found.isEmpty else {
            try Console.out("nothing about \(HarmlessText.line(sku.text)) in the runs of \(span)")
            return
        }
        var shop: ShopDomain?
        for row in found.sorted(by: { $0.shop < $1.shop }) {
            if row.shop != shop { try Console.out("\(row.shop)  \(HarmlessText.line(row.product, limit: 60))") }
            shop = row.shop
            let reason = row.reason.isEmpty ? "" : " (\(HarmlessText.line(row.reason, limit: 90)))"
            try Console.out(
                "  \(row.startedAt)  \(row.run.short)  \(row.field?.rawValue ?? "the whole SKU"): \(row.verdict.rawValue), "
                    + "\(Self.value(row.old)) -> \(Self.value(row.new)), \(row.outcome)\(reason)"
            )
            if row.since < row.startedAt { try Console.out("          there since \(row.since)") }
        }
        if found.count == Self.mostRows {
            try Console.out("the newest \(found.count) rows; --days or --destination asks for less")
        }
    }

    private func show(_ repeats: [RepeatedDrift]) throws {
        if team.json {
            try Console.out(try JSONText.of(repeats.map(RepeatedDriftDocument.init)))
            return
        }
        guard !repeats.isEmpty else {
            try Console.out("no field was set back in more than one run of \(span)")
            return
        }
        var table = TextTable()
        table.add(["times", "destination", "sku", "field", "first", "last", "found last"])
        for row in repeats {
            table.add([
                "\(row.times)", row.shop.text, row.sku, row.field.rawValue, "\(row.first)", "\(row.last)",
                Self.value(row.found),
            ])
        }
        for line in table.lines(indent: "") { try Console.out(line) }
    }

    /// How far back it looks, in words.
    private var span: String { days == 1 ? "the last day" : "the last \(days) days" }

    private static func value(_ text: String) -> String { "\"\(HarmlessText.line(text, limit: 60))\"" }
}

/// One row of `drift --sku --json`; the names are those of `corrections.csv`.
private struct DriftDocument: Encodable {
    let run: String
    let startedAt: String
    let command: String
    let destination: String
    let product: String
    let field: String?
    let verdict: String
    let sourceValue: String
    let old: String
    let new: String
    let outcome: String
    let reason: String
    let since: String

    init(_ row: DriftedValue) {
        run = row.run.text
        startedAt = row.startedAt.description
        command = row.command
        destination = row.shop.text
        product = row.product
        field = row.field?.rawValue
        verdict = row.verdict.rawValue
        sourceValue = row.source
        old = row.old
        new = row.new
        outcome = row.outcome
        reason = row.reason
        since = row.since.description
    }
}

/// One row of `drift --top --json`.
private struct RepeatedDriftDocument: Encodable {
    let destination: String
    let sku: String
    let product: String
    let field: String
    let times: Int
    let firstAt: String
    let lastAt: String
    let found: String
    let productId: Int64
    let variantId: Int64

    init(_ row: RepeatedDrift) {
        destination = row.shop.text
        sku = row.sku
        product = row.product
        field = row.field.rawValue
        times = row.times
        firstAt = row.first.description
        lastAt = row.last.description
        found = row.found
        productId = row.productID
        variantId = row.variantID
    }
}
