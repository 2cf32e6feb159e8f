public import Catalog
import Snapshots

/// Why a run, or one destination's part of it, could not go on.
public enum RunError: Error, Sendable {
    /// The settings do not fit what the stores are; nothing was written.
    case settings(String)
    /// A store.
    case store(StoreError)
    /// The ledger.
    case ledger(LedgerError)
    /// A snapshot that does not read, or is not complete.
    case snapshot(shop: ShopDomain, reason: String)
    /// A file that a person named does not read, or is not whole.
    case file(String)
    /// The work on files that a person named was stopped.
    case stopped(String)
    /// A store that is not what it was, or not allowed.
    case untrusted(shop: ShopDomain, reason: String)
    /// A check of our own failed.
    case contradiction(String)
    /// Reports could not be written.
    case delivery(String)
    /// A plan or a run that was named does not exist, or is not unique.
    case unknownName(String)
}

extension RunError {
    /// What a snapshot's error means for the run: a stop is no fault of the snapshot (FAULTS AP-3).
    init(_ error: SnapshotError, of shop: ShopDomain) {
        switch error {
        case .cancelled: self = .store(.cancelled(shop: shop))
        default: self = .snapshot(shop: shop, reason: error.description)
        }
    }

    /// The exit status it ends with.
    public var status: ExitStatus {
        switch self {
        case .settings, .unknownName: .usage
        case .store(let error):
            switch error {
            case .incomplete: .snapshot
            case .keyMisused: .internal
            case .cancelled: .interrupted
            default: .store
            }
        case .ledger(let error):
            switch error {
            case .locked, .lockLost: .locked
            case .inconsistent: .internal
            case .refused: .usage
            case .unavailable, .foreignSchema: .database
            }
        case .snapshot, .file: .snapshot
        case .stopped: .interrupted
        case .untrusted: .store
        case .contradiction: .internal
        case .delivery: .delivery
        }
    }
}

extension RunError {
    /// The exit status where a run had begun: stores were contacted, so what doesn't fit a store is that store's matter.
    ///
    /// USAGE promises that nothing was contacted.
    var statusInRun: ExitStatus { status == .usage ? .store : status }
}

extension RunError: CustomStringConvertible {
    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .settings(let text), .contradiction(let text), .delivery(let text), .unknownName(let text),
            .file(let text), .stopped(let text):
            text
        case .store(let error): error.description
        case .ledger(let error): error.description
        case .snapshot(let shop, let reason): "\(shop): \(reason)"
        case .untrusted(let shop, let reason): "\(shop): \(reason)"
        }
    }
}
