import Catalog
import Foundation
import Runs

/// Folders for the snapshot files of a run, below the state folder, readable by nobody else.
struct WorkFolders: Sendable {
    let state: String

    /// Makes an empty folder for one store.
    func make(_ run: RunID, _ shop: ShopDomain) throws -> String {
        let path = "\(root(run))/\(shop.name)"
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        return path
    }

    /// Removes all folders of a run; what a killed run left is removed by the next.
    func remove(_ run: RunID) {
        try? FileManager.default.removeItem(atPath: root(run))
    }

    private func root(_ run: RunID) -> String { "\(state)/snapshots/\(run.text)" }
}
