import Catalog
import FoundationEssentials
import Pricing
import Reconciliation
import Runs

extension RunID {
    /// As the tables keep it: a run's 32 signs are a UUID's.
    var uuid: UUID {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = UInt8(Substring(rest.prefix(2)), radix: 16), !rest.isEmpty {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}

/// Reading columns as the types of the core. What does not fit is ``DatabaseError/unreadable(statement:detail:)``.
extension Row {
    func runID(_ column: String) throws(DatabaseError) -> RunID {
        try made(RunID(try uuid(column).uuidString.lowercased().replacing("-", with: "")), column)
    }

    func shop(_ column: String) throws(DatabaseError) -> ShopDomain {
        try made(ShopDomain(try text(column)), column)
    }

    func currency(_ column: String) throws(DatabaseError) -> Currency {
        try made(Currency(code: try text(column)), column)
    }

    func planHash(_ column: String) throws(DatabaseError) -> PlanHash {
        try made(PlanHash(try text(column)), column)
    }

    func store() throws(DatabaseError) -> StoreRecord {
        StoreRecord(
            shop: try shop("shop"),
            id: ResourceID(.shop, try integer("shop_number")),
            currency: try currency("currency")
        )
    }

    /// A value of a closed list, by its stored word.
    func word<Word: RawRepresentable<String>>(_ column: String, _ type: Word.Type = Word.self) throws(DatabaseError)
        -> Word
    {
        try made(Word(rawValue: try text(column)), column)
    }

    /// Counts by the words of a closed list, from a JSON object.
    func counts<Word: RawRepresentable<String> & Hashable>(_ column: String) throws(DatabaseError) -> [Word: Int] {
        let text = try text(column)
        guard let plain = try? JSONDecoder().decode([String: Int].self, from: Data(text.utf8)) else {
            throw unreadable("\(column) is not an object of counts")
        }
        var counts: [Word: Int] = [:]
        for (word, count) in plain {
            guard let word = Word(rawValue: word) else { throw unreadable("\(column) has the unknown word \(word)") }
            counts[word] = count
        }
        return counts
    }

    /// Hands a value on, or says which column did not give one.
    func made<Value>(_ value: Value?, _ column: String) throws(DatabaseError) -> Value {
        guard let value else { throw unreadable("\(column) does not hold what it should") }
        return value
    }
}

extension SQLValue {
    /// Counts as a JSON object of words, which a person can query.
    static func counts(_ counts: [some RawRepresentable<String> & Hashable: Int]) -> SQLValue {
        let pairs = counts.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 }
        return .json("{" + pairs.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}")
    }

    static func integer(_ number: Int) -> SQLValue { .integer(Int64(number)) }
}
