/// The `userErrors` of one payload.
struct UserErrors {
    private let type: String
    private let hasCodes: Bool
    private(set) var list: [Source?] = []

    init(type: String, hasCodes: Bool) {
        self.type = type
        self.hasCodes = hasCodes
    }

    var isEmpty: Bool { list.isEmpty }

    mutating func add(_ field: [String]?, _ message: String, _ code: String? = nil) {
        var values: [String: Resolved] = [
            "field": field.map { .strings($0) } ?? .null, "message": .string(message),
        ]
        if hasCodes { values["code"] = code.map { .string($0) } ?? .null }
        list.append(.record(type: type, values: values))
    }
}
