import Reconciliation
import Settings

extension TeamSettings {
    /// The digest of what decides a destination's plan (FAULTS PL-5).
    func rulesDigest(for destination: DestinationSettings) -> String {
        SnapshotDigests.digest(of: Array(rules(for: destination).utf8))
    }
}
