/// A token, a client secret or another text that no output may ever show (FAULTS CF-2).
///
/// Every printed form is `<secret>`: description, debug description, dump and mirror. It can't be encoded, and comparing
/// two takes the same time wherever they differ.
public struct Secret: Sendable {
    /// Held in a closure, so that no printer, mirror or dump finds it as a stored value.
    private let text: @Sendable () -> String

    /// Takes the text that has to stay hidden.
    public init(_ text: String) {
        self.text = { text }
    }

    /// The text itself, for the one place that sends it.
    public func reveal() -> String { text() }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `<secret>`.
    public var description: String { "<secret>" }

    /// `<secret>`.
    public var debugDescription: String { "<secret>" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

extension Secret: Equatable {
    /// Whether both hide the same text.
    public static func == (left: Secret, right: Secret) -> Bool {
        let (one, other) = (Array(left.reveal().utf8), Array(right.reveal().utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(into: UInt8(0)) { $0 |= $1.0 ^ $1.1 } == 0
    }
}
