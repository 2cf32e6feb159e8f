public import Catalog
import Settings

/// The mail about a unit of the service manager that failed.
public struct FailureMail: Sendable {
    /// Most signs of the log that go with it.
    public static let mostLogBytes = 64 << 10

    private let unit: String
    private let machine: String
    private let log: String

    /// - Parameters:
    ///   - unit: the unit's name, as the service manager has it.
    ///   - machine: the machine's name.
    ///   - log: the end of what it said; empty where it is not known.
    public init(unit: String, machine: String, log: String) {
        self.unit = unit
        self.machine = machine
        self.log = String(decoding: Array(log.utf8).suffix(Self.mostLogBytes), as: UTF8.self)
    }

    /// The mail, to everybody of the team; never to a reseller, since a log names all stores.
    ///
    /// `nil` where there is nobody.
    public func draft(_ list: MailList, at time: Timestamp) -> MailDraft? {
        let addresses = list.addresses(.team, for: [.always, .changes, .trouble, .daily])
        guard !addresses.isEmpty else { return nil }
        var content = MailContent(tone: .bad, headline: "\(unit) failed on \(machine)")
        content.lines = [
            "It ended with a failure at about \(time); nothing was mailed about its run, or the mail did not go out."
        ]
        // What cron and Kubernetes start is no unit.
        if unit.hasSuffix(".service") { content.lines.append("Look at it with: journalctl -u '\(unit)'") }
        content.log = log
        content.closing = ["SyncTec, team \(list.team)"]
        return MailDraft(
            key: "failure/\(machine)/\(unit)/\(time.microseconds)",
            kind: .failure,
            audience: .team,
            run: "",
            status: "",
            createdAt: time,
            subject: "[synctec] \(list.team): \(unit) failed on \(machine)",
            text: content.text,
            html: content.html,
            attachments: [],
            recipients: addresses
        )
    }

    /// How the keys of this unit's mails begin: while one of them waits, another would tell nothing new.
    public var keyPrefix: String { "failure/\(machine)/\(unit)/" }
}
