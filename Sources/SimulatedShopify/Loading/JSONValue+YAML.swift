import Yams

extension JSONValue {
    /// The value of a YAML node by the core schema; plain digits keep their text.
    init(yaml node: Node) {
        switch node {
        case .mapping(let mapping):
            self = .object(mapping.map { Member($0.key.string ?? "", JSONValue(yaml: $0.value)) })
        case .sequence(let sequence): self = .array(sequence.map { JSONValue(yaml: $0) })
        case .scalar(let scalar):
            guard scalar.style == .plain || scalar.style == .any else {
                self = .string(scalar.string)
                return
            }
            switch scalar.string {
            case "true": self = .bool(true)
            case "false": self = .bool(false)
            case "", "~", "null": self = .null
            default: self = DecimalText.isDecimal(scalar.string) ? .number(scalar.string) : .string(scalar.string)
            }
        case .alias: self = .null
        }
    }
}
