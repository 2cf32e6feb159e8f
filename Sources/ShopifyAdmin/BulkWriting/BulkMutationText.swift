import Catalog
import Reconciliation
import Runs

/// The mutation of a bulk operation under a name of its own, by which the operation is found again.
struct BulkMutationText: Sendable {
    /// What all operations of a team have in their text.
    let prefix: String
    /// The whole text.
    let text: String
    /// The field of a result line's `data` that holds the payload.
    let payload: String

    init(_ lines: BulkLines, name: BulkName) {
        prefix = Self.prefix(of: name.team)
        let own = "\(prefix)\(SHA256Digest(of: name.key.utf8).hex.prefix(32))"
        switch lines {
        case .products:
            text = Self.renamed(PackageResources.ProductsInBulk_graphql, "ProductsInBulk", own)
            payload = "productUpdate"
        case .variants:
            text = Self.renamed(PackageResources.VariantsInBulk_graphql, "VariantsInBulk", own)
            payload = "productVariantsBulkUpdate"
        }
    }

    /// What the names of all operations of a team begin with.
    static func prefix(of team: TeamID) -> String {
        "SyncTec_\(team.text.filter { $0.isASCII && ($0.isLetter || $0.isNumber) })_"
    }

    private static func renamed(_ document: [UInt8], _ old: String, _ new: String) -> String {
        String(decoding: document, as: UTF8.self).replacing("mutation \(old)(", with: "mutation \(new)(")
    }
}
