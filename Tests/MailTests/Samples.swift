import Catalog
import Reconciliation
import ReportPage
import Reporting
import Settings
import Testing

@testable import Mail

/// Values that the tests of mails need over and over.
enum Sample {
    static let time = Timestamp(seconds: 1_795_424_400)

    static func team(_ text: String = "SP-TEAM-7KQ2MX") throws -> TeamID { try #require(TeamID(text)) }
    static func shop(_ name: String) throws -> ShopDomain { try #require(ShopDomain("\(name).myshopify.com")) }

    static func row(_ sku: String, product: String = "Lamp", new: String = "12.00", reason: String = "")
        -> CorrectionRow
    {
        CorrectionRow(
            sku: sku,
            product: product,
            field: .price,
            source: "10.00",
            old: "11.00",
            new: new,
            verdict: .destinationDrifted,
            outcome: "applied",
            reason: reason,
            rate: "",
            rule: "1",
            productID: 4,
            variantID: 5
        )
    }

    static func finding(_ shop: String, _ sku: String, product: String = "Lamp", detail: String = "held") throws
        -> FindingRow
    {
        FindingRow(
            kind: .held,
            shop: try Self.shop(shop).text,
            sku: sku,
            product: product,
            detail: detail,
            suggestion: "look"
        )
    }

    static func part(
        _ name: String,
        status: String = "OK",
        detail: String = "",
        brakes: [BrakeHit] = [],
        corrections: [CorrectionRow] = [],
        findings: [FindingRow] = []
    ) throws -> DestinationReport {
        var summary = DestinationSummary()
        summary.matched = 100
        summary.applied = corrections.count
        summary.corrections = corrections.isEmpty ? [:] : [.price: corrections.count]
        summary.heldFields = findings.filter { $0.kind == .held }.count
        return DestinationReport(
            shop: try shop(name),
            status: status,
            detail: detail,
            plan: nil,
            brakes: brakes,
            rate: "",
            summary: summary,
            corrections: corrections,
            findings: findings
        )
    }

    static func report(
        _ parts: [DestinationReport],
        run: String = "1f3c9a20aaaaaaaaaaaaaaaaaaaaaaaa",
        status: String? = nil,
        detail: String = "",
        team: TeamID? = nil,
        at start: Timestamp = time
    ) throws -> RunReport {
        RunReport(
            run: run,
            team: try team ?? Self.team(),
            source: try shop("northwind-supply"),
            command: "run",
            startedAt: start,
            endedAt: start + .seconds(63),
            status: status ?? parts.map(\.status).first { $0 != "OK" } ?? "OK",
            detail: detail,
            destinations: parts
        )
    }

    static func list(
        team: [(String, ReportRecipient.Occasion)] = [],
        _ destinations: [String: [(String, ReportRecipient.Occasion)]] = [:]
    ) throws -> MailList {
        func recipients(_ all: [(String, ReportRecipient.Occasion)]) -> [ReportRecipient] {
            all.map { ReportRecipient(mail: $0.0, when: $0.1) }
        }
        var ofDestinations: [ShopDomain: [ReportRecipient]] = [:]
        for (name, all) in destinations { ofDestinations[try shop(name)] = recipients(all) }
        return MailList(team: try Self.team(), ofTeam: recipients(team), ofDestinations: ofDestinations)
    }

    static func post(
        _ report: RunReport,
        _ list: MailList,
        memory: [TroubleMemory] = [],
        history: RunHistory? = nil,
        stages: Set<PlanStage> = Set(PlanStage.allCases),
        at time: Timestamp = time,
        mostBytes: Int = 10_000_000
    ) throws -> ReportMail.Post {
        ReportMail(
            report,
            list: list,
            reports: "/var/lib/synctec/reports",
            mostBytes: mostBytes,
            history: history,
            stages: stages
        ).atEnd(memory: memory, at: time)
    }

    /// The mail to its first recipient as Python's library reads it.
    static func read(_ draft: MailDraft, mayBeRepeat: Bool = false) throws -> (mail: ReadMail, bytes: [UInt8]) {
        let message = MIMEMessage(
            draft,
            team: try team(),
            from: "synctec@northwind.example",
            to: draft.recipients.first ?? "",
            mayBeRepeat: mayBeRepeat
        )
        return (try ReadMail(message.bytes), message.bytes)
    }
}

extension [MailDraft] {
    /// The addresses of the mails for an audience.
    func recipients(of audience: MailAudience) -> [String] { filter { $0.audience == audience }.flatMap(\.recipients) }
}
