import Settings

/// Surroundings without any variable but HOME, not root.
let plainEnvironment = SettingsEnvironment(variables: ["HOME": "/home/ops"], isRoot: false)

/// Parses a text as `/etc/synctec/team.yaml`.
func parsed(
    _ text: String,
    file: String = "/etc/synctec/team.yaml",
    environment: SettingsEnvironment = plainEnvironment
) throws(SettingsErrors) -> TeamSettings {
    try TeamSettings.parse(text: text, file: file, environment: environment)
}

/// The lines a text is refused with, without the file's name; empty where it is taken.
func refusals(_ text: String, environment: SettingsEnvironment = plainEnvironment) -> [String] {
    do {
        _ = try parsed(text, file: "t.yaml", environment: environment)
        return []
    } catch {
        return error.errors.map { $0.description.replacing("t.yaml:", with: "", maxReplacements: 1) }
    }
}

/// The least a team can say, with more lines behind it.
func minimal(_ more: String = "", source: String = "", destination: String = "") -> String {
    """
    team: SP-TEAM-7KQ2MX
    source: { shop: northwind-supply.myshopify.com\(source) }
    destinations: [{ shop: lumen-home.myshopify.com\(destination) }]
    \(more)
    """
}

/// The sample of the public contract.
let contractSample = """
    team: SP-TEAM-7KQ2MX
    database: postgresql://synctec@db.internal/synctec   # left out: the private server
    state: /var/lib/synctec
    reports: /var/lib/synctec/reports
    credentials: /etc/synctec/credentials                # default $CREDENTIALS_DIRECTORY

    source:
      shop: northwind-supply.myshopify.com
      share: { tags: [wholesale] }                       # what may be synced

    fields:                                              # the Sync Lock; locked | create-only | ignored
      price: locked
      compare_at_price: locked
      cost: locked
      inventory: locked
      title: create-only
      description: create-only
      tags: ignored

    rates: { source: ecb, max_age: 36h, dead_band: 1% }

    destinations:
      - shop: lumen-home.myshopify.com
        fields: { title: locked }                        # over the team's
        exceptions: { sku: { "LAMP-01": { price: ignored } } }
        price_rules:
          - { match: { vendor: Acme }, markup: 35%, ending: ".99" }
          - { markup: 20%, rounding: half-even, floor: cost }
        missing: create-draft                            # report | create-draft | create-active
        removed: report                                  # report | zero-stock | unpublish | archive
        location_groups:
          - { name: main, source: [Rotterdam, Venlo], destination: Amsterdam, buffer: 2 }
        order_push: { enabled: true, since: 2026-11-01, wait: 2m, line_price: retail }   # retail | cost

    brakes: { price_changes: 20%, stock_to_zero: 10%, snapshot_shrinks: 5% }
    reports_to:
      - { mail: ops@northwind.example, when: always }    # always | changes | trouble
    smtp: { url: smtps://mail.example:465, from: synctec@northwind.example, user: synctec }
    """

/// The same with what this version can do.
let workingSample =
    contractSample
    .replacing("create-draft  ", with: "report  ")
    .replacing("{ enabled: true,", with: "{ enabled: false,")
