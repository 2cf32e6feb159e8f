import Catalog
import Pricing

extension SettingsSection {
    /// The whole file.
    static let team = SettingsSection(keys: [
        SettingsKey(
            "team",
            .scalar(.teamID),
            fallback: nil,
            "The address of the team",
            isSetInExample: true
        ),
        SettingsKey(
            "database",
            .scalar(.ledgerAddress),
            fallback: "a private server under state",
            "Where the ledger is",
            sample: "postgresql://synctec@db.internal/synctec"
        ),
        SettingsKey(
            "state",
            .scalar(.path),
            fallback: "$STATE_DIRECTORY, else /var/lib/synctec as root, else ~/.local/state/synctec",
            "The folder for what has to outlive a run",
            sample: "/var/lib/synctec"
        ),
        SettingsKey(
            "reports",
            .scalar(.path),
            fallback: "the folder reports in state",
            "The folder under which every run makes its own",
            sample: "/var/lib/synctec/reports"
        ),
        SettingsKey(
            "credentials",
            .scalar(.path),
            fallback: "$CREDENTIALS_DIRECTORY",
            "The folder with a secret file per shop domain, each of mode 0400 or 0600",
            sample: "/etc/synctec/credentials"
        ),
        SettingsKey("source", .section(source), fallback: nil, "The supplier's store", isSetInExample: true),
        SettingsKey(
            "fields",
            .section(fields),
            fallback: "as shown here",
            "The Sync Lock: locked sets drift back, create-only writes once, ignored leaves alone",
            isSetInExample: true
        ),
        SettingsKey("rates", .section(rates), fallback: "as shown here", "Where exchange rates come from"),
        SettingsKey(
            "destinations",
            .list(.section(destination)),
            fallback: nil,
            "The resellers' stores; [] while there is none",
            isSetInExample: true
        ),
        SettingsKey(
            "brakes",
            .section(brakes),
            fallback: "as shown here",
            "Limits for a whole plan before its first write; 0 allows none, nothing turns one off"
        ),
        SettingsKey(
            "reports_to",
            .list(.section(recipient)),
            fallback: "nobody",
            "Who gets the reports of the whole team by mail; a reseller's reports_to stands at the destination",
            sample: "[{ mail: ops@northwind.example, when: trouble }, { mail: anna@northwind.example, when: daily }]"
        ),
        SettingsKey(
            "smtp",
            .section(mailServer),
            fallback: "no mail",
            "The server that takes the mail",
            sample: "{ url: smtps://mail.example:465, from: synctec@northwind.example, user: synctec }"
        ),
        SettingsKey(
            "keep",
            .section(keep),
            fallback: "as shown here",
            "How long what past runs left is kept; synctec gc removes what is older, at least a day"
        ),
        SettingsKey(
            "metrics",
            .scalar(.path),
            fallback: "none",
            "A file, ending in .prom, that every run writes for node exporter's textfile collector; one per team",
            sample: "/var/lib/prometheus/node-exporter/synctec.prom"
        ),
    ])

    static let storeKeys = [
        SettingsKey(
            "shop",
            .scalar(.shop),
            fallback: nil,
            "The shop's permanent address",
            isSetInExample: true
        ),
        SettingsKey(
            "endpoint",
            .scalar(.endpoint),
            fallback: "https:// and the shop",
            "Another base URL, for tests, the demo and proxies",
            sample: "http://127.0.0.1:8080"
        ),
        SettingsKey(
            "allow_insecure_endpoint",
            .scalar(.boolean),
            fallback: "false",
            "Has to be true beside an endpoint other than https://name.myshopify.com",
            sample: "true"
        ),
    ]

    static let source = SettingsSection(
        keys: storeKeys + [
            SettingsKey(
                "share",
                .section(share),
                fallback: "every active product with a SKU",
                "What may be synced",
                sample: "{ tags: [wholesale] }"
            )
        ]
    )

    static let share = SettingsSection(keys: [
        SettingsKey(
            "tags",
            .list(.scalar(.text), isSet: true),
            fallback: nil,
            "Only products with one of these tags"
        )
    ])

    static let rates = SettingsSection(keys: [
        SettingsKey(
            "source",
            .scalar(.choice(["ecb"])),
            fallback: "ecb, unless table or file is given",
            "The European Central Bank's daily reference rates",
            sample: "ecb"
        ),
        SettingsKey(
            "url",
            .scalar(.endpoint),
            fallback: "the ECB's own",
            "Another address of the ECB's file",
            sample: "https://rates.internal/eurofxref-daily.xml"
        ),
        SettingsKey(
            "allow_insecure_endpoint",
            .scalar(.boolean),
            fallback: "false",
            "Has to be true beside a url of plain http, which may only lead to this machine",
            sample: "true"
        ),
        SettingsKey(
            "table",
            .table(.currency, .scalar(.rate)),
            fallback: "none",
            "Instead of source: units of each currency for one of the source shop's",
            sample: "{ EUR: \"0.9250\" }"
        ),
        SettingsKey(
            "file",
            .scalar(.path),
            fallback: "none",
            "Instead of source: a local file, the ECB's XML or from,to,rate,date",
            sample: "rates.csv"
        ),
        SettingsKey(
            "max_age",
            .scalar(.duration(mostHours: 240)),
            fallback: "36h",
            "The oldest rate that is used; weekends and TARGET closing days don't count",
            sample: "36h"
        ),
        SettingsKey(
            "max_jump",
            .scalar(.share),
            fallback: "10%",
            "How far a rate may be from the last accepted one",
            sample: "10%"
        ),
        SettingsKey(
            "dead_band",
            .scalar(.share),
            fallback: "1%",
            "A rate move below this leaves prices as they are",
            sample: "1%"
        ),
    ])

    static let brakes = SettingsSection(keys: [
        SettingsKey(
            "price_changes",
            .scalar(.share),
            fallback: "20%",
            "Matched SKUs whose price may change in one run",
            sample: "20%"
        ),
        SettingsKey(
            "stock_to_zero",
            .scalar(.share),
            fallback: "10%",
            "SKUs in stock that may go to zero in one run",
            sample: "10%"
        ),
        SettingsKey(
            "snapshot_shrinks",
            .scalar(.share),
            fallback: "5%",
            "SKUs a store may have fewer than at the last good run",
            sample: "5%"
        ),
        SettingsKey(
            "price_step",
            .section(priceStep),
            fallback: "30% down, 50% up",
            "How far one price may move before it is held",
            sample: "{ down: 30%, up: 50% }"
        ),
        SettingsKey(
            "last_price_floor",
            .scalar(.share),
            fallback: "50%",
            "Under this share of the last written price, a new one is refused",
            sample: "50%"
        ),
        SettingsKey(
            "held_items",
            .scalar(.whole(0...1000)),
            fallback: "10",
            "More held items stop the price stage of a destination",
            sample: "10"
        ),
        SettingsKey(
            "all_of_one_field",
            .scalar(.whole(0...1000)),
            fallback: "10",
            "Over this many items, a change of one field on all of them stops the run",
            sample: "10"
        ),
        SettingsKey(
            "plan_age",
            .scalar(.duration(mostHours: 24)),
            fallback: "60m",
            "How long a plan may be applied after it was made",
            sample: "60m"
        ),
    ])

    static let priceStep = SettingsSection(keys: [
        SettingsKey("down", .scalar(.share), fallback: "30%", "A larger fall is held"),
        SettingsKey("up", .scalar(.share), fallback: "50%", "A larger rise is held"),
    ])

    static let recipient = SettingsSection(keys: [
        SettingsKey("mail", .scalar(.mailAddress), fallback: nil, "The address"),
        SettingsKey(
            "when",
            .scalar(.choice(ReportRecipient.Occasion.allCases.map(\.rawValue))),
            fallback: "always",
            "After every run; after those that changed something; when trouble is new, a day old or over; or once a day"
        ),
    ])

    static let mailServer = SettingsSection(keys: [
        SettingsKey("url", .scalar(.mailServer), fallback: nil, "Where it is"),
        SettingsKey("from", .scalar(.mailAddress), fallback: nil, "The sender's address"),
        SettingsKey(
            "user",
            .scalar(.text),
            fallback: "no sign-in",
            "The name to sign in with; the password is the file smtp in the credentials folder"
        ),
        SettingsKey(
            "ca",
            .scalar(.path),
            fallback: "the system's alone",
            "A file of certificates in PEM that are trusted as well, for a mail server of your own"
        ),
        SettingsKey(
            "allow_plain",
            .scalar(.boolean),
            fallback: "false",
            "Takes a mail server on this machine (127.0.0.1 or localhost) that has no TLS; never with a user"
        ),
        SettingsKey(
            "megabytes",
            .scalar(.whole(1...100)),
            fallback: "10",
            "The largest mail; what no longer fits is left out, and the mail says so"
        ),
    ])

    static let keep = SettingsSection(keys: [
        SettingsKey(
            "rows",
            .scalar(.duration(mostHours: 87_600)),
            fallback: "400d",
            "Rows of corrections and findings: what report and drift read",
            sample: "400d"
        ),
        SettingsKey(
            "runs",
            .scalar(.duration(mostHours: 87_600)),
            fallback: "1100d",
            "Runs and their sums: what history lists; never less than rows",
            sample: "1100d"
        ),
        SettingsKey(
            "plans",
            .scalar(.duration(mostHours: 87_600)),
            fallback: "30d",
            "Stored plans but each destination's newest and those that are approved and unused",
            sample: "30d"
        ),
        SettingsKey(
            "journal",
            .scalar(.duration(mostHours: 87_600)),
            fallback: "90d",
            "Entries of the write journal that are settled and reported",
            sample: "90d"
        ),
        SettingsKey(
            "mails",
            .scalar(.duration(mostHours: 87_600)),
            fallback: "90d",
            "Mails of the outbox that nobody waits for any more",
            sample: "90d"
        ),
        SettingsKey(
            "reports",
            .scalar(.duration(mostHours: 87_600)),
            fallback: "400d",
            "Folders of reports",
            sample: "400d"
        ),
    ])
}
