/// The fault rules in force, each with the count of calls it has seen.
struct FaultRules {
    private var rules: [(rule: FaultRule, seen: Int)] = []

    var isEmpty: Bool { rules.isEmpty }

    mutating func add(_ rule: FaultRule) { rules.append((rule, 0)) }
    mutating func clear() { rules.removeAll() }

    /// The actions of all rules that hit a call bearing any of the names.
    mutating func take(names: [String]) -> [FaultAction] {
        var actions: [FaultAction] = []
        for index in rules.indices
        where !rules[index].rule.action.concernsBulk && names.contains(rules[index].rule.match) {
            if hit(index) { actions.append(rules[index].rule.action) }
        }
        return actions
    }

    /// The action that decides how a bulk operation ends, if there is one.
    mutating func take(bulk operation: String) -> FaultAction? {
        for index in rules.indices where rules[index].rule.action.concernsBulk {
            guard ["any", "bulk", operation].contains(rules[index].rule.match) else { continue }
            if hit(index) { return rules[index].rule.action }
        }
        return nil
    }

    private mutating func hit(_ index: Int) -> Bool {
        rules[index].seen += 1
        let rule = rules[index].rule
        let seen = rules[index].seen
        return seen > rule.after && rule.times.map { seen <= rule.after + $0 } ?? true
    }
}
