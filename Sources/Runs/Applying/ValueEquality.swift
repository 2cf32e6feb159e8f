import Catalog
package import Snapshots

/// Whether two values of a field are the same to a merchant: by the canonical forms that snapshots are compared in.
package struct ValueEquality: Sendable {
    let key: FingerprintKey

    /// Compares by the fingerprints of this key.
    package init(key: FingerprintKey) {
        self.key = key
    }

    /// Compares by fingerprints of a key that nobody else needs to know.
    package init(using generator: inout some RandomNumberGenerator) {
        key = .random(using: &generator)
    }

    func same(_ left: FieldValue, _ right: FieldValue, field: CatalogField) -> Bool {
        key.fingerprint(of: left, field: field) == key.fingerprint(of: right, field: field)
    }
}
