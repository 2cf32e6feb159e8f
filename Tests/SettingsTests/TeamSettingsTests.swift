import Catalog
import Pricing
import Reconciliation
import Settings
import Testing

struct TeamSettingsTests {
    @Test
    func `the sample is read in full`() throws {
        let settings = try parsed(workingSample)
        #expect(settings.team == TeamID("SP-TEAM-7KQ2MX"))
        #expect(settings.database == "postgresql://synctec@db.internal/synctec")
        #expect(settings.state == "/var/lib/synctec")
        #expect(settings.reports == "/var/lib/synctec/reports")
        #expect(settings.credentials == "/etc/synctec/credentials")
        #expect(settings.source.store.shop == ShopDomain("northwind-supply.myshopify.com"))
        #expect(settings.source.shareTags == ["wholesale"])
        #expect(settings.rates.origin == .ecb(url: nil))
        #expect(settings.rates.limits == RateLimits())
        #expect(settings.brakes == BrakeLimits())
        #expect(settings.fields == .defaults)

        let shop = try #require(ShopDomain("lumen-home.myshopify.com"))
        let destination = try #require(settings.destination(shop))
        #expect(settings.destinations.count == 1)
        #expect(destination.fields[.title] == .locked)
        #expect(destination.fields[.description] == .createOnly)
        #expect(
            destination.exceptions == [
                FieldException(match: .sku(try #require(SKU("LAMP-01"))), policies: [.price: .ignored])
            ]
        )
        #expect(destination.missing == .report)
        #expect(destination.removed == .report)
        #expect(destination.onLeave == .keep)
        #expect(
            destination.locationGroups == [
                LocationGroup(name: "main", source: ["Rotterdam", "Venlo"], destination: "Amsterdam", buffer: 2)
            ]
        )
        let push = try #require(destination.orderPush)
        #expect(!push.isEnabled)
        #expect(push.since == CalendarDate("2026-11-01"))
        #expect(push.wait == .seconds(120))
        #expect(push.linePrice == .retail)
        #expect(destination.aliases.isEmpty)
        #expect(settings.reportsTo == [ReportRecipient(mail: "ops@northwind.example", when: .always)])
        #expect(destination.reportsTo.isEmpty)
        let server = try #require(settings.smtp)
        #expect(server.url == "smtps://mail.example:465")
        #expect(server.from == "synctec@northwind.example")
        #expect(server.user == "synctec")
        #expect(server.certificates == nil)
        #expect(!server.allowsPlain)
        #expect(server.mostBytes == 10_000_000)
    }

    @Test
    func `a reseller's recipients, a relay on this machine and certificates of one's own are read`() throws {
        let relay =
            "smtp: { url: smtp://localhost:25, from: a@b.example, ca: own.pem, allow_plain: true, megabytes: 3 }"
        let settings = try parsed(
            minimal(relay, destination: ", reports_to: [{ mail: r@c.example, when: daily }, { mail: r@c.example }]")
        )
        #expect(
            settings.destinations.first?.reportsTo == [
                ReportRecipient(mail: "r@c.example", when: .daily), ReportRecipient(mail: "r@c.example", when: .always),
            ]
        )
        let server = try #require(settings.smtp)
        #expect(server.allowsPlain)
        #expect(server.certificates?.hasSuffix("/own.pem") == true)
        #expect(server.mostBytes == 3_000_000)
    }

    @Test
    func `what is left out has its default`() throws {
        let settings = try parsed(minimal())
        #expect(settings.database == nil)
        #expect(settings.credentials == nil)
        #expect(settings.source.shareTags.isEmpty)
        #expect(settings.fields == .defaults)
        #expect(settings.brakes.priceChanges == Percent(20))
        #expect(settings.brakes.stockToZero == Percent(10))
        #expect(settings.brakes.snapshotShrinks == Percent(5))
        #expect(settings.brakes.priceStepDown == Percent(30))
        #expect(settings.brakes.priceStepUp == Percent(50))
        #expect(settings.brakes.lastPriceFloor == Percent(50))
        #expect(settings.brakes.heldItems == 10)
        #expect(settings.brakes.allOfOneField == 10)
        #expect(settings.brakes.planAge == .seconds(3600))
        let destination = try #require(settings.destinations.first)
        #expect(destination.priceRules.isEmpty)
        #expect(destination.locationGroups.isEmpty)
        #expect(destination.orderPush == nil)
        #expect(destination.missing == .report)
    }

    @Test
    func `0 allows none, and a destination's brakes lie over the team's (CF-1)`() throws {
        let settings = try parsed(
            minimal(
                "brakes: { price_changes: 0%, held_items: 0, price_step: { down: 12.5% }, plan_age: 90s }",
                destination: ", brakes: { stock_to_zero: 0%, held_items: 3 }"
            )
        )
        #expect(settings.brakes.priceChanges == .zero)
        #expect(settings.brakes.heldItems == 0)
        #expect(settings.brakes.priceStepUp == Percent(50))
        let brakes = try #require(settings.destinations.first).brakes
        #expect(brakes.priceChanges == .zero)
        #expect(brakes.stockToZero == .zero)
        #expect(brakes.heldItems == 3)
        #expect(try brakes.priceStepDown == Percent(parsing: "12.5%"))
        #expect(brakes.planAge == .seconds(90))
    }

    @Test(arguments: [
        (["STATE_DIRECTORY": "/run/a:/run/b", "HOME": "/h"], true, "/run/a"),
        (["STATE_DIRECTORY": "a"], true, "/srv/a"),
        ([:], true, "/var/lib/synctec"),
        (["HOME": "/h/"], false, "/h/.local/state/synctec"),
    ])
    func `the state folder comes from the surroundings when none is named`(
        variables: [String: String],
        isRoot: Bool,
        state: String
    ) throws {
        let environment = SettingsEnvironment(variables: variables, isRoot: isRoot, currentFolder: "/srv")
        let settings = try parsed(minimal(), environment: environment)
        #expect(settings.state == state)
        #expect(settings.reports == state + "/reports")
    }

    @Test
    func `without a home a state folder has to be named`() {
        let lines = refusals(minimal(), environment: SettingsEnvironment(variables: [:], isRoot: false))
        #expect(lines == [" state: missing, and there is no HOME to put it under; name a folder"])
    }

    @Test(arguments: [
        ("/etc/synctec/team.yaml", "/etc/synctec"), ("conf/team.yaml", "/srv/shop/conf"), ("team.yaml", "/srv/shop"),
        ("./team.yaml", "/srv/shop"), ("../team.yaml", "/srv/shop/.."), ("/team.yaml", ""),
    ])
    func `relative paths start from the settings file's folder, and come out whole`(file: String, folder: String)
        throws
    {
        let settings = try parsed(
            minimal("state: ./state/\nreports: out\ncredentials: ../secrets\nrates: { file: rates.csv }"),
            file: file,
            environment: SettingsEnvironment(variables: [:], isRoot: false, currentFolder: "/srv/shop/")
        )
        #expect(settings.state == folder + "/state")
        #expect(settings.reports == folder + "/out")
        #expect(settings.credentials == folder + "/../secrets")
        #expect(settings.rates.origin == .file(path: folder + "/rates.csv"))
    }

    @Test
    func `reports lie in the state folder unless they are named`() throws {
        #expect(try parsed(minimal("state: state"), file: "conf/team.yaml").reports == "/conf/state/reports")
        #expect(try parsed(minimal("state: /s"), file: "conf/team.yaml").reports == "/s/reports")
    }

    @Test
    func `the settings file among the schedules parses`() throws {
        let folder = #filePath.replacing("Tests/SettingsTests/TeamSettingsTests.swift", with: "schedules")
        let settings = try TeamSettings.load(file: folder + "/synctec.yaml", environment: plainEnvironment)
        #expect(settings.destinations.count == 2)
        #expect(settings.brakes == BrakeLimits())
    }

    @Test
    func `names of every script are taken`() throws {
        let names = ["کتاب\u{200C}خانه", "👩\u{200D}🚀", "Zürich", "Y", "北京 2"]
        let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
        #expect(try parsed(minimal(source: ", share: { tags: [\(list)] }")).source.shareTags == names)
    }

    @Test
    func `a rate table is read exactly`() throws {
        let settings = try parsed(minimal("rates: { table: { EUR: 0.9250, JPY: \"151.123456789012\" }, max_jump: 5% }"))
        #expect(
            try settings.rates.origin
                == .table([.eur: ExactDecimal(parsing: "0.925"), .jpy: ExactDecimal(parsing: "151.123456789012")])
        )
        #expect(settings.rates.limits.maxJump == Percent(5))
    }

    @Test
    func `SKUs and texts keep every byte`() throws {
        let settings = try parsed(
            minimal(destination: ", sku_aliases: { \"00123\": \"1E5 \", \"e\\u0301\": \"\\xE9\" }")
        )
        let aliases = try #require(settings.destinations.first).aliases
        let plain = try #require(SKU("00123"))
        #expect(aliases[plain] == SKU("1E5 "))
        #expect(try aliases[#require(SKU("e\u{301}"))] == SKU("\u{E9}"))
        #expect(try aliases[#require(SKU("\u{E9}"))] == nil)
    }

    @Test
    func `the narrower exception wins, and of two alike the first`() throws {
        let settings = try parsed(
            minimal(
                destination: """
                    , exceptions: { vendor: { Acme: { price: ignored, cost: ignored, title: locked } }, \
                    tag: { SALE: { cost: create-only, title: create-only }, old: { title: ignored } }, \
                    sku: { "A": { price: create-only } } }
                    """
            )
        )
        let destination = try #require(settings.destinations.first)
        let sku = try #require(SKU("A"))
        let other = try #require(SKU("a"))
        let policies = destination.fields(sku: sku, vendor: "Acme", tags: ["Old", "Sale"], collections: [])
        #expect(policies[.price] == .createOnly)
        #expect(policies[.cost] == .createOnly)
        #expect(policies[.title] == .createOnly)
        #expect(policies[.inventory] == .locked)
        let elsewhere = destination.fields(sku: other, vendor: "acme", tags: [], collections: [])
        #expect(elsewhere == destination.fields)
        #expect(
            destination.fields(sku: other, vendor: "Acme", tags: [], collections: []).fields(.ignored).contains(.price)
        )
    }
}
