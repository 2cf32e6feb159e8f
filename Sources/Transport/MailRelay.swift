/// A server that takes mail (SMTP), and how it is spoken to.
public struct MailRelay: Sendable {
    /// What protects the connection; without it there is no sign-in (FAULTS ML-4).
    public enum Security: Sendable {
        /// TLS from the first byte.
        case tls(MailLogin?)
        /// STARTTLS, and nothing more where the server does not offer it.
        case startTLS(MailLogin?)
        /// None: for a server on this machine.
        case none
    }

    /// The name or address, without brackets or port.
    public let host: String
    /// The port.
    public let port: Int
    /// What protects the connection.
    public let security: Security

    /// A server.
    public init(host: String, port: Int, security: Security) {
        self.host = host
        self.port = port
        self.security = security
    }

    /// The name to sign in with and its password, if there is to be a sign-in.
    public var login: MailLogin? {
        switch security {
        case .tls(let login), .startTLS(let login): login
        case .none: nil
        }
    }
}

/// Name and password; prints as `<secret>`.
public struct MailLogin: Sendable, CustomStringConvertible, CustomReflectable {
    /// The name.
    public let user: String
    /// The password, for the one place that sends it.
    public let password: @Sendable () -> String

    /// Takes both.
    public init(user: String, password: @escaping @Sendable () -> String) {
        self.user = user
        self.password = password
    }

    /// `<secret>`.
    public var description: String { "<secret>" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

/// When an exchange with a mail server is given up.
public struct MailLimits: Sendable {
    /// Until the connection stands.
    public let connect: Duration
    /// Until the server answers a command; whole seconds.
    public let reply: Duration
    /// For one mail in all.
    public let total: Duration

    /// Makes limits.
    public init(connect: Duration, reply: Duration, total: Duration) {
        self.connect = connect
        self.reply = reply
        self.total = total
    }

    /// 15 s to connect, 60 s for a reply, 3 minutes for a mail.
    public static let ordinary = MailLimits(connect: .seconds(15), reply: .seconds(60), total: .seconds(180))
}
