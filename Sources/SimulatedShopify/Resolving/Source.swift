/// The object a field is read from.
enum Source {
    case query
    case mutation
    case shop
    case installation
    case product(ProductRecord)
    case variant(VariantRecord)
    case item(VariantRecord)
    case measurement(VariantRecord)
    case weight(SimulatedWeight)
    case money(Int64)
    case seo(title: String?, description: String?)
    case level(LevelRecord)
    case quantity(LevelRecord, name: String)
    case location(LocationRecord)
    case collection(CollectionRecord)
    case bulkOperation(BulkOperationRecord)
    /// A small object without a life of its own: payloads, counts, errors.
    case record(type: String, values: [String: Resolved])

    /// The concrete type's name.
    var typeName: String {
        switch self {
        case .query: "QueryRoot"
        case .mutation: "Mutation"
        case .shop: "Shop"
        case .installation: "AppInstallation"
        case .product: "Product"
        case .variant: "ProductVariant"
        case .item: "InventoryItem"
        case .measurement: "InventoryItemMeasurement"
        case .weight: "Weight"
        case .money: "MoneyV2"
        case .seo: "SEO"
        case .level: "InventoryLevel"
        case .quantity: "InventoryQuantity"
        case .location: "Location"
        case .collection: "Collection"
        case .bulkOperation: "BulkOperation"
        case .record(let type, _): type
        }
    }
}

/// What a field came out as, before its own selection is written.
enum Resolved {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case strings([String])
    case object(Source)
    case objects([Source?])
    case connection(Connection)

    /// Text, or null where there is none.
    static func optional(_ text: String?) -> Resolved { text.map { .string($0) } ?? .null }

    /// An object, or null where there is none.
    static func optional(_ source: Source?) -> Resolved { source.map { .object($0) } ?? .null }
}

/// A list that can be paged, its elements made only when they are read.
struct Connection {
    let count: Int
    /// The number an element is found again by, in a cursor.
    let number: (Int) -> Int64
    let element: (Int) -> Source
    /// Whether numbers rise with the index, so that a cursor is found by halving.
    let isSorted: Bool

    static func of<Record>(
        _ records: [Record],
        isSorted: Bool = false,
        number: @escaping (Record) -> Int64,
        _ element: @escaping (Record) -> Source
    ) -> Connection {
        Connection(
            count: records.count,
            number: { number(records[$0]) },
            element: { element(records[$0]) },
            isSorted: isSorted
        )
    }
}

/// A field's arguments with defaults put in; absent ones are not in it.
struct Arguments {
    var values: [String: JSONValue]

    subscript(name: String) -> JSONValue? {
        guard let value = values[name], !value.isNull else { return nil }
        return value
    }

    /// Whether the argument was given, be it as null.
    func isGiven(_ name: String) -> Bool { values[name] != nil }
}
