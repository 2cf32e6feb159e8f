import Catalog
import Snapshots

/// Whether two values of a field are the same to a merchant: by the canonical forms that snapshots are compared in.
struct ValueEquality: Sendable {
    let key: FingerprintKey

    func same(_ left: FieldValue, _ right: FieldValue, field: CatalogField) -> Bool {
        key.fingerprint(of: left, field: field) == key.fingerprint(of: right, field: field)
    }
}
