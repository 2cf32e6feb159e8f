public import Catalog
public import Reconciliation

/// Everything one team's settings file says, checked as a whole (`DESIGN.md` §8).
///
/// A value exists only when the file had no error. Every default is filled in, every path is whole, nothing in it is
/// a secret.
public struct TeamSettings: Sendable, Hashable {
    /// The address of the team.
    public let team: TeamID
    /// Where the ledger is, as libpq takes it; `nil` for the private server under ``state``.
    public let database: String?
    /// The folder for what has to outlive a run: snapshots, the private server.
    public let state: String
    /// The folder under which every run makes its own.
    public let reports: String
    /// The folder of the credential files, if the file names one; else `$CREDENTIALS_DIRECTORY` is used.
    public let credentials: String?
    /// The supplier's store.
    public let source: SourceSettings
    /// The team's Sync Lock; a destination's own is in ``DestinationSettings/fields``.
    public let fields: FieldPolicies
    /// Where exchange rates come from and what makes one acceptable.
    public let rates: RateSettings
    /// The resellers' stores, in the order of the file; no shop stands twice and none is the source.
    public let destinations: [DestinationSettings]
    /// The team's brakes; a destination's own are in ``DestinationSettings/brakes``.
    public let brakes: BrakeLimits
    /// Who gets the reports of the whole team by mail; a reseller's are in ``DestinationSettings/reportsTo``.
    public let reportsTo: [ReportRecipient]
    /// The server that takes the mail.
    public let smtp: MailServer?
    /// How long what past runs left is kept.
    public let keep: RetentionSettings
    /// The file for node exporter's textfile collector; `nil`: none is written.
    public let metrics: String?

    /// The settings of one destination, or `nil` where the team has no such shop.
    public func destination(_ shop: ShopDomain) -> DestinationSettings? {
        destinations.first { $0.store.shop == shop }
    }
}
