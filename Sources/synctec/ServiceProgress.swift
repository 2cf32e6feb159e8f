import Catalog
import Runs
import Synchronization
import SystemdNotify

/// Tells the service manager how far a run is, and hands every step on.
final class ServiceProgress: RunProgress {
    private struct State {
        var steps: [ShopDomain: RunStep] = [:]
        var lastTold: ContinuousClock.Instant?
    }

    private let manager: NotifySocket?
    private let next: any RunProgress
    private let state = Mutex(State())
    /// How many stores a status names; the others are counted.
    private static let named = 3

    /// - Parameters:
    ///   - manager: the service manager, if there is one.
    ///   - next: hears every step as well.
    init(telling manager: NotifySocket?, then next: any RunProgress) {
        self.manager = manager
        self.next = next
    }

    func report(_ step: RunStep) {
        next.report(step)
        guard let manager, step.decision.isEmpty else { return }
        let notices: [ServiceNotice]? = state.withLock { state in
            let now = ContinuousClock.now
            let isFirst = state.steps.isEmpty
            let isNew = state.steps.updateValue(step, forKey: step.shop)?.activity != step.activity
            // Once a second is enough for anybody.
            if !isNew, let last = state.lastTold, now - last < .seconds(1) { return nil }
            state.lastTold = now
            return (isFirst ? [.ready] : []) + [.status(Self.text(state.steps))]
        }
        if let notices { manager.tell(notices) }
    }

    /// Such as `1 of 3 stores done; kobe-lights writing 12 of 40; lumen-home reading 30 %`.
    static func text(_ steps: [ShopDomain: RunStep]) -> String {
        let done = steps.values.count { $0.activity == .done }
        let others = steps.values.filter { $0.activity != .done }.sorted { $0.shop < $1.shop }
        let more = others.count > named ? ["and \(others.count - named) more"] : []
        let parts =
            ["\(done) of \(steps.count) \(steps.count == 1 ? "store" : "stores") done"] + others.prefix(named).map(text)
            + more
        return parts.joined(separator: "; ")
    }

    private static func text(_ step: RunStep) -> String {
        let what = "\(step.shop.name) \(step.activity.rawValue)"
        guard step.total > 0 else { return step.done > 0 ? "\(what) \(step.done)" : what }
        return step.activity == .writing
            ? "\(what) \(step.done) of \(step.total)" : "\(what) \(min(100, step.done * 100 / step.total)) %"
    }
}
