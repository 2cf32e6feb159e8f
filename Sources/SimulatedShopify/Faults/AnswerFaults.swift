/// Faults that spoil an answer that was made in full.
enum AnswerFaults {
    static func apply(_ faults: [FaultAction], to answer: Answer, _ state: StoreState) -> Answer {
        var answer = answer
        for fault in faults {
            switch fault {
            case .applyThenDrop: answer.delivery = .dropped
            case .truncate(let bytes, let lines, let isAnnounced):
                truncate(&answer, bytes: bytes, lines: lines, isAnnounced: isAnnounced)
            case .omitField(let name, let line): omit(name, line: line, from: &answer)
            case .endlessPages(let repeatsCursor, let isEmpty):
                guard let json = try? JSONParser.parse(answer.body) else { continue }
                let number = repeatsCursor ? 1 : state.number("EndlessPage")
                answer.body = Array(endless(json, cursor: Page.cursor(of: number), isEmpty: isEmpty).jsonText.utf8)
            default: continue
            }
        }
        return answer
    }

    private static func truncate(_ answer: inout Answer, bytes: Int?, lines: Int?, isAnnounced: Bool) {
        var kept = answer.body
        if let lines { kept = StoreState.lines(kept, first: lines) }
        if let bytes { kept = Array(kept.prefix(max(0, bytes < 0 ? kept.count + bytes : bytes))) }
        if isAnnounced { answer.body = kept } else { answer.delivery = .cut(after: kept.count) }
    }

    private static func omit(_ name: String, line: Int?, from answer: inout Answer) {
        guard let line else {
            if let json = try? JSONParser.parse(answer.body) {
                answer.body = Array(without(name, json).jsonText.utf8)
            }
            return
        }
        var lines = answer.body.split(separator: 0x0A, omittingEmptySubsequences: true)
        guard lines.indices.contains(line - 1), let json = try? JSONParser.parse(Array(lines[line - 1])) else { return }
        lines[line - 1] = ArraySlice(Array(without(name, json).jsonText.utf8))
        answer.body = Array(lines.joined(separator: [0x0A])) + [0x0A]
    }

    private static func endless(_ value: JSONValue, cursor: String, isEmpty: Bool) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map { endless($0, cursor: cursor, isEmpty: isEmpty) })
        case .object(let members):
            let isPage = members.contains { $0.name == "pageInfo" }
            return .object(
                members.map { member in
                    switch member.name {
                    case "hasNextPage": .init(member.name, true)
                    case "endCursor": .init(member.name, .string(cursor))
                    case "nodes" where isPage && isEmpty, "edges" where isPage && isEmpty: .init(member.name, [])
                    default: .init(member.name, endless(member.value, cursor: cursor, isEmpty: isEmpty))
                    }
                }
            )
        default: return value
        }
    }

    private static func without(_ name: String, _ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): .array(elements.map { without(name, $0) })
        case .object(let members):
            .object(members.filter { $0.name != name }.map { .init($0.name, without(name, $0.value)) })
        default: value
        }
    }
}
