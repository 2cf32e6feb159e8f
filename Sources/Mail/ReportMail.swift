public import Catalog
public import Reconciliation
public import ReportPage
public import Reporting
import Settings

/// The mails about one run, each for its audience.
public struct ReportMail: Sendable {
    /// What a run's end leads to.
    public struct Post: Sendable, Hashable {
        /// The mails.
        public let drafts: [MailDraft]
        /// What audiences know of trouble, where that changed.
        public let memory: [TroubleMemory]
        /// Mails that were not made, because they would have shown what their reader must not see (FAULTS ML-3).
        public let refusals: [DraftError]

        /// Nothing to send and nothing to remember, unless said.
        public init(drafts: [MailDraft] = [], memory: [TroubleMemory] = [], refusals: [DraftError] = []) {
            self.drafts = drafts
            self.memory = memory
            self.refusals = refusals
        }
    }

    private let report: RunReport
    private let list: MailList
    private let reports: String
    private let mostBytes: Int
    private let history: RunHistory?
    private let stages: Set<PlanStage>

    /// Takes the report and who gets what of it.
    ///
    /// `reports` is the folder of all reports, which a mail points at for what is not attached; `history` the runs before, for each
    /// audience's `report.html`, or `nil` where they could not be read; `stages` what the run was to write, since it judges no other.
    public init(
        _ report: RunReport,
        list: MailList,
        reports: String,
        mostBytes: Int,
        history: RunHistory?,
        stages: Set<PlanStage> = Set(PlanStage.allCases)
    ) {
        self.report = report
        self.list = list
        self.reports = reports
        self.mostBytes = mostBytes
        self.history = history
        self.stages = stages
    }

    /// The mails at the run's end, by what each recipient asked for and each audience was last told.
    public func atEnd(memory: [TroubleMemory], at time: Timestamp) -> Post {
        var drafts: [MailDraft] = []
        var told: [TroubleMemory] = []
        var refusals: [DraftError] = []
        for audience in list.audiences {
            let found: ReportView?
            do {
                found = try view(for: audience)
            } catch {
                refusals.append(error)
                continue
            }
            guard let view = found else { continue }
            let last = memory.first { $0.audience == audience }
            let before = KnownTrouble(last?.trouble ?? "")
            var known = before
            let news = known.take(
                view.report.troubles(of: stages),
                of: stages,
                judged: view.report.judged,
                team: list.destinations.union(view.report.destinations.map(\.shop)),
                at: time
            )
            if known.text != last?.trouble ?? "" {
                told.append(TroubleMemory(audience: audience, trouble: known.text, toldAt: time))
            }
            var occasions: Set = [ReportRecipient.Occasion.always]
            if news != .none { occasions.formUnion([.trouble, .changes]) }
            if known.open != before.open { occasions.insert(.changes) }
            if view.changed { occasions.insert(.changes) }
            let addresses = list.addresses(audience, for: occasions)
            guard !addresses.isEmpty else { continue }
            let key = "run/\(report.run)/\(audience.text)"
            drafts.append(draft(view, key: key, kind: .run, isOver: news == .over, to: addresses, at: time))
        }
        return Post(drafts: drafts, memory: told, refusals: refusals)
    }

    /// The mails of a past run, on request: to everybody of the settings, or to one address.
    ///
    /// An address of the settings gets what it gets after a run; another one gets the team's report, or the destination's where one is
    /// named. A reseller's address gets no other reseller's report.
    public func again(
        to address: String?,
        only destination: ShopDomain?,
        at time: Timestamp
    ) throws(DraftError) -> [MailDraft] {
        let own = address.map { list.audiences(of: $0) } ?? list.audiences
        var audiences = own.isEmpty ? [MailAudience.team] : own
        if let destination {
            let one = MailAudience.destination(destination)
            if case .destination(let owner) = own.first, address != nil, !own.contains(one) {
                throw .otherReseller(report: destination, addressOf: owner)
            }
            audiences = address == nil ? audiences.filter { $0 == one } : [one]
        }
        var drafts: [MailDraft] = []
        for audience in audiences {
            guard let view = try view(for: audience) else { continue }
            let all = Set(ReportRecipient.Occasion.allCases)
            let addresses = address.map { [$0] } ?? list.addresses(audience, for: all)
            let key = "again/\(report.run)/\(audience.text)/\(address ?? "")/\(time.microseconds)"
            drafts.append(draft(view, key: key, kind: .again, isOver: false, to: addresses, at: time))
        }
        return drafts
    }

    private func view(for audience: MailAudience) throws(DraftError) -> ReportView? {
        guard report.team == list.team else { throw .foreignTeam }
        do {
            return try ReportView(report, for: audience, others: list.destinations)
        } catch {
            throw .foreignStore(place: error.place)
        }
    }

    /// The page of what the audience may see: nothing else is given to it, and it looks once more for itself.
    private func page(of view: ReportView) -> RunPage? {
        let audience: PageAudience =
            switch view.audience {
            case .team: .team
            case .destination(let shop): .destination(shop)
            }
        let others = list.destinations.union(report.destinations.map(\.shop))
        return RunPage(view.report, history: history, for: audience, others: others)
    }

    private func draft(
        _ view: ReportView,
        key: String,
        kind: MailDraft.Kind,
        isOver: Bool,
        to addresses: [String],
        at time: Timestamp
    ) -> MailDraft {
        let outcome = OutcomeText(report: view.report)
        let words = (isOver ? "all right again, " : "") + outcome.words
        var box = AttachmentBox(mostBytes: mostBytes)
        box.add(view.report.summaryRows, as: "summary.csv")
        if let page = page(of: view) { box.add(page: page.bytes, as: "report.html") }
        for part in view.report.destinations { box.add(part.findings, as: "\(part.shop.name)-findings.csv") }
        for part in view.report.destinations { box.add(part.corrections, as: "\(part.shop.name)-corrections.csv") }
        let content = content(view, headline: "\(words) – \(outcome.place)", tone: outcome.tone, box)
        return MailDraft(
            key: key,
            kind: kind,
            audience: view.audience,
            run: view.report.run,
            status: view.report.status,
            createdAt: time,
            subject: "[synctec] \(view.report.team): \(words) – \(outcome.place)",
            text: content.text,
            html: content.html,
            attachments: box.attachments,
            recipients: addresses
        )
    }

    private func content(
        _ view: ReportView,
        headline: String,
        tone: MailContent.Tone,
        _ box: AttachmentBox
    ) -> MailContent {
        let report = view.report
        let seconds = (report.endedAt - report.startedAt).components.seconds
        var content = MailContent(tone: tone, headline: headline)
        if !report.detail.isEmpty { content.lines.append(report.detail) }
        content.lines.append(
            "\(report.command) \(report.run.prefix(8)) of \(report.startedAt), took \(seconds) s; source \(report.source)"
        )
        content.tables.append(PartTables.stores(report.destinations))
        for part in report.destinations {
            content.tables += PartTables.details(part, isForTeam: view.audience == .team)
        }
        let short = report.run.prefix(8)
        if !box.leftOut.isEmpty {
            let folder = "\(reports)/\(report.team)/\(report.startedAt.folderName)-\(report.run)"
            content.closing.append(
                "Too large for a mail, and left out: \(box.leftOut.joined(separator: ", ")). "
                    + (view.audience == .team
                        ? "They are in \(folder); synctec report \(short) writes them again."
                        : "\(report.source) can send them another way.")
            )
        }
        if !box.attachments.isEmpty {
            content.closing.append("Attached: \(box.attachments.map(\.name).joined(separator: ", "))")
        }
        content.closing.append("SyncTec, team \(report.team), run \(report.run)")
        return content
    }
}
