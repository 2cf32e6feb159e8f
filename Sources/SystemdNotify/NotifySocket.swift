/// Where a service's manager listens: the socket that systemd names in `$NOTIFY_SOCKET`.
///
/// Telling it something never waits and never fails a run: who isn't listened to goes on.
public struct NotifySocket: Sendable, Hashable {
    private let address: DatagramAddress

    /// The manager's socket, a path, or after `@` a name in the abstract namespace (`sd_notify(3)`); `nil` where none listens.
    public init?(environment: [String: String]) {
        guard let text = environment["NOTIFY_SOCKET"], let address = DatagramAddress(text) else { return nil }
        self.address = address
    }

    /// Tells the manager all of it at once.
    ///
    /// - Returns: whether it took it.
    @discardableResult
    public func tell(_ notices: [ServiceNotice]) -> Bool {
        address.send(Array(notices.map(\.line).joined(separator: "\n").utf8))
    }
}
