import Catalog
import CatalogFiles
import Foundation
import Pricing
import Reconciliation
import ReportFiles
import Reporting
import Runs
import Settings
import Snapshots

/// Carries a comparison of files out: opens them, compares, writes.
struct CompareRunner {
    let command: Compare

    func run() async throws -> ComparisonReport {
        let begin = Timestamp.now
        let start = ContinuousClock.now
        if let out = command.out, let obstacle = ComparisonFolder.obstacle(to: out) {
            throw CommandFailure(.usage, "--out: \(obstacle); name a new folder, or an empty one")
        }
        let parts = try command.rules.parts(files: command.destinations.count)
        let source = try open(command.source)
        let destinations = try command.destinations.map(open)
        let (currency, currencies, guesses) = try command.amounts.currencies(
            source: source,
            destinations: destinations,
            mustBeKnown: parts != nil
        )
        let rates = try rates(parts?.0, currency, currencies, begin)
        let rules = try fileRules(parts, destinations)
        // Before anything large is read; it goes again where something fails.
        let folder = try newFolder(begin)
        // Translating an export reads all of it: the source's and the first destination's at the same time.
        async let preparedSource = prepare(source, currency)
        async let preparedDestinations = prepare(destinations, currencies)
        let left = try await preparedSource
        let right = try await preparedDestinations
        command.output.stepped("files prepared", since: start)
        var found: [ComparisonReport.Part] = []
        var generator = SystemRandomNumberGenerator()
        let comparison = FileComparison(
            key: .random(using: &generator),
            rates: rates,
            releasesHeld: command.rules.held,
            team: parts?.0.team ?? .random(using: &generator)
        )
        let files = try zip(right, rules).enumerated().map { place, pair in
            let (prepared, rules) = pair
            return (
                try compared(
                    destinations[place],
                    prepared,
                    currencies[place],
                    command.rules.shop(place, parts?.1),
                    "destination"
                ),
                rules
            )
        }
        try await comparison.compare(
            try compared(source, left, currency, parts?.0.source.store.shop, "source"),
            with: files
        ) { place, pair in
            let writer = ComparePart(
                folder: folder,
                part: files.count == 1 ? "" : Self.partName(place, files.map(\.0)),
                source: source,
                file: destinations[place],
                notes: right[place].notes,
                compared: files[place].0
            )
            found.append(try writer.write(pair))
            if place == files.count - 1 { UntilExit.keep(pair) }
            command.output.stepped("\(destinations[place].name) compared and written", since: start)
        }
        let status = found.compactMap { ExitStatus(rawValue: $0.status) }.max() ?? .ok
        let report = ComparisonReport(
            source: .init(source, shop: parts?.0.source.store.shop, currency, guesses + left.notes),
            startedAt: begin,
            endedAt: .now,
            status: status.rawValue,
            folder: folder.path,
            parts: found
        )
        do {
            try folder.write(report.summaryRows, as: "summary.csv", in: "")
            try folder.publish()
        } catch {
            throw CommandFailure(.delivery, error.description)
        }
        return report
    }

    private func newFolder(_ begin: Timestamp) throws -> ComparisonFolder {
        do {
            return try ComparisonFolder(
                command.out ?? "synctec-compare-\(begin.folderName)",
                isNamed: command.out != nil
            )
        } catch {
            throw CommandFailure(.delivery, error.description)
        }
    }

    private func open(_ name: String) throws -> CatalogFile {
        // A pipe is copied to a file without a name when it is opened.
        let path = name == "-" ? "/dev/stdin" : name
        guard name != "-" || isatty(STDIN_FILENO) == 0 else {
            throw CommandFailure(
                .usage,
                "- is standard input, and nothing is piped into it: zcat a.csv.gz | synctec compare - b.csv"
            )
        }
        do {
            let file = try CatalogFile(path: path)
            let compression = file.compression.map { ", \($0.rawValue)" } ?? ""
            command.output.detail("\(file.name) read as \(file.form.rawValue)\(compression)")
            return file
        } catch {
            throw CommandFailure(error)
        }
    }

    private func prepare(_ file: CatalogFile, _ currency: Currency) async throws -> CatalogFile.Prepared {
        do {
            return try file.prepare(currency: currency)
        } catch {
            throw CommandFailure(error)
        }
    }

    private func prepare(_ files: [CatalogFile], _ currencies: [Currency]) async throws -> [CatalogFile.Prepared] {
        var prepared: [CatalogFile.Prepared] = []
        for (file, currency) in zip(files, currencies) { prepared.append(try await prepare(file, currency)) }
        return prepared
    }

    private func compared(
        _ file: CatalogFile,
        _ prepared: CatalogFile.Prepared,
        _ currency: Currency,
        _ shop: ShopDomain?,
        _ placeholder: String
    ) throws -> ComparedFile {
        guard let address = shop ?? ShopDomain("\(placeholder)-file.myshopify.com") else {
            throw CommandFailure(.internal, "there is no name for \(file.name)")
        }
        return ComparedFile(
            path: prepared.path,
            name: file.name,
            shop: address,
            isShopKnown: shop != nil,
            currency: currency,
            fields: prepared.fields,
            hasShopIDs: file.form == .bulkLines
        )
    }

    private func fileRules(
        _ parts: (TeamSettings, [DestinationSettings])?,
        _ destinations: [CatalogFile]
    ) throws -> [FileRules] {
        if let (settings, parts) = parts { return parts.map { .settings(settings, $0) } }
        let rules = FileRules.plain(
            locked: try command.rules.locked(),
            isRequired: command.rules.fields != nil,
            prices: try command.rules.priceRules()
        )
        return destinations.map { _ in rules }
    }

    private func rates(
        _ settings: TeamSettings?,
        _ source: Currency,
        _ destinations: [Currency],
        _ now: Timestamp
    ) throws -> FileRates {
        guard let today = CalendarDate(daysSinceEpoch: Int(now.seconds / 86_400)) else {
            throw CommandFailure(.internal, "the clock says \(now): set it right")
        }
        if let table = try command.amounts.table(source: source, destinations: destinations, today: today) {
            return FileRates(table: table, limits: nil, now: now)
        }
        guard let settings, destinations.contains(where: { $0 != source }) else {
            return FileRates(table: nil, limits: nil, now: now)
        }
        do {
            switch settings.rates.origin {
            case .table(let rates):
                let table = try RateTable(
                    base: source,
                    date: today,
                    origin: "table in settings",
                    rates: rates.filter { $0.key != source }
                )
                return FileRates(table: table, limits: settings.rates.limits, now: now)
            case .file(let path):
                return FileRates(table: try RateFile(path: path).table(), limits: settings.rates.limits, now: now)
            case .ecb:
                throw CommandFailure(
                    .usage,
                    "the settings take rates from the ECB, and a comparison of files contacts nobody: give --rate or --rates"
                )
            }
        } catch let error as RateSourceError {
            throw CommandFailure(.usage, "rates.file: \(error)")
        } catch let error as PricingError {
            throw CommandFailure(.usage, "rates.table: \(error)")
        }
    }

    /// A folder's name for one of several files: its number and the shop, or the plain signs of the file's name.
    private static func partName(_ place: Int, _ files: [ComparedFile]) -> String {
        let file = files[place]
        guard !file.isShopKnown else { return "\(place + 1)-\(file.shop.name)" }
        var base = file.name.split(separator: "/").last.map(String.init) ?? ""
        for ending in [".gz", ".zst", ".csv", ".jsonl"] where base.lowercased().hasSuffix(ending) {
            base.removeLast(ending.count)
        }
        let plain = base.unicodeScalars.filter {
            $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_.".unicodeScalars.contains($0))
        }
        return "\(place + 1)-\(String(String.UnicodeScalarView(plain.prefix(40))))"
    }
}

extension ComparisonReport.File {
    init(_ file: CatalogFile, shop: ShopDomain?, _ currency: Currency, _ notes: [String]) {
        self.init(
            name: file.name,
            shop: shop?.text ?? "",
            form: file.form.rawValue,
            compression: file.compression?.rawValue ?? "",
            currency: currency.code,
            notes: notes
        )
    }
}

extension CompareRules {
    /// Whose file the one at that place is, where the settings tell.
    func shop(_ place: Int, _ parts: [DestinationSettings]?) -> ShopDomain? { parts?[place].store.shop }
}

extension CommandFailure {
    /// What a file that cannot be used amounts to.
    init(_ error: CatalogFileError) {
        if case .interrupted = error {
            self.init(.interrupted, error.description)
        } else {
            self.init(error.isOfArguments ? .usage : .snapshot, error.description)
        }
    }
}
