package import Reconciliation
import Synchronization

/// Whether anything more may be written; shared by all batches of a destination and asked before every call.
///
/// Once shut it stays shut: no ledger, no writes (FAULTS, invariant 10), and a store that refused us is left alone (AP-6).
package final class WriteGate: Sendable {
    /// Why a run writes no further although store and ledger would let it.
    package enum Interruption: Sendable, Hashable {
        /// The process is being stopped (FAULTS AP-3).
        case stopped
        /// The plan went past its age between two calls (FAULTS PL-6).
        case planTooOld(Duration)
    }

    private struct State {
        var failure: LedgerError?
        var stopped: StoreError?
        var interruption: Interruption?
    }

    private let state = Mutex(State())
    private let interruptionNow: @Sendable () -> Interruption?

    package init(interruption: @escaping @Sendable () -> Interruption?) {
        interruptionNow = interruption
    }

    /// What broke at the ledger.
    package var failure: LedgerError? { state.withLock { $0.failure } }
    /// What stopped the store.
    package var stopped: StoreError? { state.withLock { $0.stopped } }
    /// What cut the run short.
    package var interruption: Interruption? { state.withLock { $0.interruption } }

    /// Shuts it for lack of a ledger.
    func shut(_ error: LedgerError) {
        state.withLock { state in if state.failure == nil { state.failure = error } }
    }

    /// Shuts it where the error says that nothing more can succeed at this store.
    func note(_ error: StoreError) {
        guard error.disposition != .skip else { return }
        state.withLock { state in if state.stopped == nil { state.stopped = error } }
    }

    /// Whether work that the store is at by itself must be called off; a plan that grows too old meanwhile is no reason.
    var callsOff: Bool {
        let isStopped = interruptionNow() == .stopped
        return state.withLock { state in
            if isStopped, state.interruption == nil { state.interruption = .stopped }
            return isStopped || state.failure != nil || state.stopped != nil
        }
    }

    /// What becomes of a correction that would be written now, where it may not be.
    package func refusal() -> CorrectionOutcome? {
        let now = interruptionNow()
        return state.withLock { state in
            if let failure = state.failure { return .left(reason: failure.description) }
            if let stopped = state.stopped { return .left(reason: stopped.description) }
            if state.interruption == nil { state.interruption = now }
            return switch state.interruption {
            case nil: nil
            case .stopped: .left(reason: "the run was stopped")
            case .planTooOld: .braked(.planStale)
            }
        }
    }
}
