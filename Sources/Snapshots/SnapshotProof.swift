/// The numbers that a complete file has to agree with (FAULTS SN-3).
///
/// The first three are what the platform announced for the bulk operation, the others an independent count.
public struct SnapshotProof: Sendable, Hashable {
    /// The size of the file.
    public let bytes: Int?
    /// The lines of the file (`objectCount`).
    public let objects: Int?
    /// The lines without a parent (`rootObjectCount`).
    public let rootObjects: Int?
    /// The products the store counts by another query.
    public let products: Int?
    /// The variants the store counts by another query.
    public let variants: Int?

    /// Takes the numbers; one that is `nil` is not checked.
    public init(bytes: Int?, objects: Int?, rootObjects: Int?, products: Int? = nil, variants: Int? = nil) {
        self.bytes = bytes
        self.objects = objects
        self.rootObjects = rootObjects
        self.products = products
        self.variants = variants
    }
}

extension SnapshotProof {
    /// Holds a number of the file against what was announced or counted.
    ///
    /// - Throws: ``SnapshotError/countDisagrees(_:announced:read:)``.
    func check(_ what: SnapshotError.Count, _ read: Int) throws(SnapshotError) {
        let announced: Int? =
            switch what {
            case .bytes: bytes
            case .objects: objects
            case .rootObjects: rootObjects
            case .products: products
            case .variants: variants
            }
        guard let announced, announced != read else { return }
        throw .countDisagrees(what, announced: announced, read: read)
    }
}
