import Catalog
import Pricing
import ReportPage
import Reporting
import Runs
import Synchronization

/// Rates that a test sets.
final class TestRates: RateSource {
    private let state: Mutex<Result<RateTable, RateSourceError>>

    init(_ table: RateTable) { state = Mutex(.success(table)) }

    func set(_ table: RateTable) { state.withLock { $0 = .success(table) } }
    func fail(_ reason: String) { state.withLock { $0 = .failure(RateSourceError(reason)) } }

    func rates(base: Currency) async throws(RateSourceError) -> RateTable { try state.withLock { $0 }.get() }
}

/// Keeps the reports of runs, or refuses them.
final class TestReports: ReportWriting {
    private struct State {
        var reports: [RunReport] = []
        var pages: [RunPage] = []
        var rehearseFails = false
        var writeFails = false
    }

    private let state = Mutex(State())

    var reports: [RunReport] { state.withLock { $0.reports } }
    var pages: [RunPage] { state.withLock { $0.pages } }
    func failRehearsal(_ flag: Bool = true) { state.withLock { $0.rehearseFails = flag } }
    func failWriting(_ flag: Bool = true) { state.withLock { $0.writeFails = flag } }

    func rehearse() throws(ReportError) {
        if state.withLock({ $0.rehearseFails }) { throw ReportError("the folder is read-only") }
    }

    func write(_ report: RunReport, page: RunPage?) throws(ReportError) -> String {
        if state.withLock({ $0.writeFails }) { throw ReportError("the disk is full") }
        return state.withLock { state in
            state.reports.append(report)
            if let page { state.pages.append(page) }
            return "report-\(state.reports.count)"
        }
    }
}

/// Hears steps; a test may do something at one.
final class TestProgress: RunProgress {
    private let heard: @Sendable (RunStep) -> Void

    init(_ heard: @escaping @Sendable (RunStep) -> Void = { _ in }) { self.heard = heard }

    func report(_ step: RunStep) { heard(step) }
}
