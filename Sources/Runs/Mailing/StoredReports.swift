public import Catalog
public import Reporting

/// Reports of past runs, out of the ledger.
public struct StoredReports: Sendable {
    private let ledger: any Ledger
    private let source: ShopDomain

    /// Takes the ledger and the team's source store.
    public init(ledger: any Ledger, source: ShopDomain) {
        self.ledger = ledger
        self.source = source
    }

    /// The report of a run, with its rows.
    ///
    /// Brakes are not kept by the ledger; what they stopped stands in the findings.
    public func report(of record: RunRecord) async throws(LedgerError) -> RunReport {
        try await report(of: record) { _ in true }
    }

    /// The report of a run; parts that `isWanted` refuses come without their rows.
    func report(
        of record: RunRecord,
        rowsWhere isWanted: (RunDestinationRecord) -> Bool
    ) async throws(LedgerError) -> RunReport {
        var destinations: [DestinationReport] = []
        for part in record.destinations {
            let rows =
                isWanted(part)
                ? try await ledger.rows(of: record.id, destination: part.shop, in: record.team) : ([], [])
            destinations.append(
                DestinationReport(
                    shop: part.shop,
                    status: part.status,
                    detail: part.detail,
                    plan: part.plan,
                    brakes: [],
                    rate: rows.0.first { !$0.rate.isEmpty }?.rate ?? "",
                    summary: part.summary,
                    corrections: rows.0,
                    findings: rows.1
                )
            )
        }
        return RunReport(
            run: record.id.text,
            team: record.team,
            source: source,
            command: record.command,
            startedAt: record.startedAt,
            endedAt: record.endedAt ?? record.startedAt,
            status: record.status,
            detail: record.detail,
            destinations: destinations
        )
    }
}
