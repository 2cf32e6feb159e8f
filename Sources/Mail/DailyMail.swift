public import Catalog
import Reconciliation
public import Reporting
import Settings

/// The mail about all runs of a day.
public struct DailyMail: Sendable {
    private let runs: [RunReport]
    private let list: MailList
    private let source: ShopDomain
    private let from: Timestamp
    private let until: Timestamp
    private let mostBytes: Int

    /// Takes the runs that ended in the time, oldest first; a run without rows tells its sums alone.
    ///
    /// The time goes from where the last daily mail ended until now.
    public init(
        runs: [RunReport],
        list: MailList,
        source: ShopDomain,
        from: Timestamp,
        until: Timestamp,
        mostBytes: Int
    ) {
        self.runs = runs
        self.list = list
        self.source = source
        self.from = from
        self.until = until
        self.mostBytes = mostBytes
    }

    /// The mails, one per audience that wants one; also where nothing ran, since that is news.
    public func drafts() throws(DraftError) -> [MailDraft] {
        guard runs.allSatisfy({ $0.team == list.team }) else { throw .foreignTeam }
        var drafts: [MailDraft] = []
        for audience in list.audiences {
            let addresses = list.addresses(audience, for: [.daily])
            guard !addresses.isEmpty else { continue }
            drafts.append(draft(try views(for: audience), audience, to: addresses))
        }
        return drafts
    }

    private func views(for audience: MailAudience) throws(DraftError) -> [RunReport] {
        var views: [RunReport] = []
        for run in runs {
            do {
                let view = try ReportView(run, for: audience, others: list.destinations)
                if let view { views.append(view.report) }
            } catch {
                throw .foreignStore(place: error.place)
            }
        }
        return views
    }

    private func draft(_ runs: [RunReport], _ audience: MailAudience, to addresses: [String]) -> MailDraft {
        let shops = Set(runs.flatMap { $0.destinations.map(\.shop) }).sorted()
        let days = shops.map { StoreDay($0, runs) }
        var box = AttachmentBox(mostBytes: mostBytes)
        for day in days { box.add(day.newest?.findings ?? [], as: "\(day.shop.name)-findings.csv") }
        for day in days { box.add(day.corrections, as: "\(day.shop.name)-corrections.csv") }
        let words = words(runs, days)
        let place: String
        switch audience {
        case .destination(let shop): place = shop.text
        case .team:
            let count = list.destinations.count
            place = shops.count == 1 ? shops[0].text : count == 1 ? "1 store" : "\(count) stores"
        }
        var content = MailContent(tone: tone(runs), headline: "\(words) – \(place)")
        content.lines = ["\(from) to \(until); source \(source)"]
        if !days.isEmpty { content.tables.append(table(days)) }
        let open = days.compactMap(\.newest).filter { $0.status != "OK" }
        content.tables += open.flatMap { PartTables.details($0, isForTeam: audience == .team) }
        if !box.leftOut.isEmpty {
            content.closing.append(
                "Too large for a mail, and left out: \(box.leftOut.joined(separator: ", ")). "
                    + (audience == .team
                        ? "synctec history lists the runs, synctec report RUN writes their files again."
                        : "\(source) can send them another way.")
            )
        }
        if !box.attachments.isEmpty {
            content.closing.append(
                "Attached: \(box.attachments.map(\.name).joined(separator: ", ")); "
                    + "corrections are of the whole time, findings of the last run"
            )
        }
        content.closing.append("SyncTec, team \(list.team)")
        return MailDraft(
            key: "daily/\(from.microseconds)/\(audience.text)",
            kind: .daily,
            audience: audience,
            run: "",
            status: runs.last?.status ?? "",
            createdAt: until,
            subject: "[synctec] \(list.team): daily: \(words) – \(place)",
            text: content.text,
            html: content.html,
            attachments: box.attachments,
            recipients: addresses
        )
    }

    private func words(_ runs: [RunReport], _ days: [StoreDay]) -> String {
        guard let last = runs.last else { return "no run at all" }
        let corrected = days.reduce(0) { $0 + $1.applied }
        let good = runs.filter { $0.status == "OK" }.count
        var words = ["\(runs.count) run\(runs.count == 1 ? "" : "s")", "\(corrected) corrected"]
        if good < runs.count { words.append("\(runs.count - good) not in step") }
        words.append("now \(last.status == "OK" ? "in step" : last.status)")
        return words.joined(separator: ", ")
    }

    private func tone(_ runs: [RunReport]) -> MailContent.Tone {
        guard let last = runs.last else { return .bad }
        return OutcomeText(report: last).tone
    }

    private func table(_ days: [StoreDay]) -> MailContent.Table {
        MailContent.Table(
            title: "Stores",
            columns: ["store", "now", "runs", "in step", "last in step", "corrected", "failed", "held", "to look at"],
            rows: days.map { day in
                [
                    day.shop.text, day.newest?.status ?? "", "\(day.runs)", "\(day.good)",
                    day.lastGood.map(\.description) ?? "not in this time", "\(day.applied)", "\(day.failed)",
                    "\(day.newest.map { $0.summary.heldFields + $0.summary.refusedFields } ?? 0)",
                    "\(day.newest?.findings.count ?? 0)",
                ]
            }
        )
    }
}

/// A destination's runs of the time.
private struct StoreDay {
    let shop: ShopDomain
    /// Its part of the last run.
    let newest: DestinationReport?
    let runs: Int
    let good: Int
    let lastGood: Timestamp?
    let applied: Int
    let failed: Int
    let corrections: [CorrectionRow]

    init(_ shop: ShopDomain, _ reports: [RunReport]) {
        let parts = reports.compactMap { report in
            report.destinations.first { $0.shop == shop }.map { (at: report.endedAt, part: $0) }
        }
        self.shop = shop
        newest = parts.last?.part
        runs = parts.count
        good = parts.filter { $0.part.status == "OK" }.count
        lastGood = parts.last { $0.part.status == "OK" }?.at
        applied = parts.reduce(0) { $0 + $1.part.summary.applied }
        failed = parts.reduce(0) { $0 + $1.part.summary.failed }
        let tried: Set = ["applied", "failed", "did not hold"]
        corrections = parts.flatMap { $0.part.corrections.filter { tried.contains($0.outcome) } }
    }
}
