/// One thing a service tells its manager (`sd_notify(3)`).
public enum ServiceNotice: Sendable, Hashable {
    /// It has started and does its work.
    case ready
    /// It is about to end.
    case stopping
    /// What it is doing, one line for a person: `systemctl status` shows it.
    case status(String)

    /// As it goes over the socket; what would end a line early stands there as a blank.
    var line: String {
        switch self {
        case .ready: "READY=1"
        case .stopping: "STOPPING=1"
        case .status(let text): "STATUS=" + text.unicodeScalars.map(Self.inLine).joined()
        }
    }

    private static func inLine(_ scalar: Unicode.Scalar) -> String {
        scalar.properties.generalCategory == .control ? " " : String(scalar)
    }
}
