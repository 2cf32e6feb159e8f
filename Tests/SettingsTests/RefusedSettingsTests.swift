import Settings
import Testing

struct RefusedSettingsTests {
    @Test
    func `the contract's sample is taken but for what comes later`() {
        #expect(
            refusals(contractSample) == [
                "29:14: destinations[0].missing: not yet: this version can't do create-draft; set it to report, or remove it",
                "33:28: destinations[0].order_push.enabled: not yet: this version can't do true; set it to false, or remove it",
            ]
        )
        #expect(refusals(workingSample) == [])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let line: String
        var testDescription: String { line }
        init(_ text: String, _ line: String) {
            self.text = text
            self.line = line
        }
    }

    private static let server = "smtp: { url: smtps://mail.example, from: a@b.example }"

    /// CF-1: file, line, column, key, what is wrong and what is allowed.
    static let cases: [Case] = [
        Case(
            minimal("brake: { price_changes: 20% }"),
            "4:1: brake: unknown key; did you mean brakes?"
        ),
        Case(
            minimal("brakes: { price_change: 20% }"),
            "4:11: brakes.price_change: unknown key; did you mean price_changes?"
        ),
        Case(
            minimal("zzzzzzzzzz: 1"),
            "4:1: zzzzzzzzzz: unknown key; known here: team, database, state, reports, credentials, source, fields, "
                + "rates, destinations, brakes, reports_to, smtp, keep, metrics"
        ),
        Case(minimal("keep: { rows: 12h }"), "4:15: keep.rows: that is less than a day; 1d or more"),
        Case(
            minimal("keep: { rows: 30 }"),
            "4:15: keep.rows: \"30\" is not a length of time in range; "
                + "a whole number and s, m, h or d, such as 90m, up to 87600h"
        ),
        Case(
            minimal("keep: { runs: 300d }"),
            "4:15: keep.runs: rows would be kept longer than their runs; runs at least as long as rows"
        ),
        Case(
            minimal("keep: { rows: 1200d }"),
            "4:15: keep.rows: rows would be kept longer than their runs; runs at least as long as rows"
        ),
        Case(
            minimal("metrics: /var/lib/synctec.txt"),
            "4:10: metrics: \"/var/lib/synctec.txt\" is not read by node exporter; a name ending in .prom"
        ),
        Case(
            minimal(destination: ", price_rules: [{ markpu: 20% }]"),
            "3:66: destinations[0].price_rules[0].markpu: unknown key; did you mean markup?"
        ),
        Case(
            minimal("team: SP-TEAM-7KQ2MX"),
            "4:1: team: given twice, first in line 1; keep one of them"
        ),
        Case(
            minimal("brakes: { price_changes: 20 }"),
            "4:26: brakes.price_changes: \"20\" is not a share; 0% to 100% with its sign, such as 20%"
        ),
        Case(
            minimal("brakes: { price_changes: 101% }"),
            "4:26: brakes.price_changes: \"101%\" is not a share; 0% to 100% with its sign, such as 20%"
        ),
        Case(
            minimal("brakes: { price_changes: }"),
            "4:11: brakes.price_changes: blank; give it a value or remove the key (20%): "
                + "0% to 100% with its sign, such as 20%"
        ),
        Case(
            minimal("brakes:\n  price_changes: ~"),
            "5:3: brakes.price_changes: blank; give it a value or remove the key (20%): "
                + "0% to 100% with its sign, such as 20%"
        ),
        Case(
            minimal("brakes: { held_items: -1 }"),
            "4:23: brakes.held_items: \"-1\" is not a whole number in range; 0 to 1000, without quotes"
        ),
        Case(
            minimal("brakes: { held_items: \"5\" }"),
            "4:23: brakes.held_items: \"5\" in quotes is not a number; 0 to 1000, without quotes"
        ),
        Case(
            minimal("brakes: { plan_age: 0 }"),
            "4:21: brakes.plan_age: \"0\" is not a length of time in range; a whole number and s, m, h or d, "
                + "such as 90m, up to 24h"
        ),
        Case(
            minimal("brakes: { plan_age: 2d }"),
            "4:21: brakes.plan_age: \"2d\" is not a length of time in range; a whole number and s, m, h or d, "
                + "such as 90m, up to 24h"
        ),
        Case(
            minimal("fields: { price: lock }"),
            "4:18: fields.price: \"lock\" is not allowed here; locked | create-only | ignored"
        ),
        Case(
            minimal("fields: { price: no }"),
            "4:18: fields.price: \"no\" is not allowed here; locked | create-only | ignored"
        ),
        Case(
            minimal("fields: { images: locked }"),
            "4:19: fields.images: not yet: this version can't do locked; set it to ignored, or remove it"
        ),
        Case(
            minimal(destination: ", order_push: { enabled: no }"),
            "3:73: destinations[0].order_push.enabled: \"no\" is not true or false; write true or false, without quotes"
        ),
        Case(
            minimal(destination: ", removed: archive"),
            "3:59: destinations[0].removed: not yet: this version can't do archive; set it to report, or remove it"
        ),
        Case(
            minimal("state: no"),
            "4:8: state: \"no\" could be a number, a truth value or a date; put it in quotes if it is text"
        ),
        Case(
            minimal("state: ~/synctec"),
            "4:8: state: \"~/synctec\" is not a path; a path, whole or from this file's folder; ~ and $ are not expanded"
        ),
        Case(
            minimal(source: ", share: { tags: [no] }"),
            "2:65: source.share.tags[0]: \"no\" could be a number, a truth value or a date; put it in quotes if it is text"
        ),
        Case(
            minimal(source: ", share: { tags: [a, a] }"),
            "2:68: source.share.tags[1]: \"a\" is given twice; keep one of them"
        ),
        Case(
            minimal(source: ", share: { tags: [] }"),
            "2:64: source.share.tags: no tag in it; at least one; without share everything is shared"
        ),
        Case(
            minimal(source: ", share: {}"),
            "2:56: source.share.tags: missing; a list, such as [first, second]"
        ),
        Case(
            minimal("rates: { table: {} }"),
            "4:17: rates.table: no rate in it; CURRENCY: \"rate\""
        ),
        Case(
            minimal("rates: { table: { EUR: \"0\" } }"),
            "4:24: rates.table[\"EUR\"]: \"0\" is not a rate; decimal digits above zero, such as \"0.9250\""
        ),
        Case(
            minimal("rates: { table: { EURO: \"0.9\" } }"),
            "4:19: rates.table[\"EURO\"]: \"EURO\" is not a currency; three capital letters of ISO 4217, such as EUR"
        ),
        Case(
            minimal("rates: { source: ecb, file: rates.csv }"),
            "4:23: rates.file: source and file are given; rates come from one of them"
        ),
        Case(
            minimal("rates: { url: http://10.0.0.1/x.xml, allow_insecure_endpoint: true }"),
            "4:15: rates.url: \"http://10.0.0.1/x.xml\" is plain http to another machine; "
                + "plain http goes to 127.0.0.1, [::1] or localhost only; elsewhere https"
        ),
        Case(
            minimal(destination: ", price_rules: [{ ending: 99 }]"),
            "3:74: destinations[0].price_rules[0].ending: \"99\" is not a price ending; "
                + "a point and up to four digits, such as \".99\""
        ),
        Case(
            minimal(destination: ", price_rules: [{ ending: .99, rounding: whole }]"),
            "3:74: destinations[0].price_rules[0].ending: ending and rounding are given; keep one of them"
        ),
        Case(
            minimal(destination: ", price_rules: [{ markup: 10% }, { match: { vendor: A } }]"),
            "3:81: destinations[0].price_rules[1]: never counts, because destinations[0].price_rules[0] takes every "
                + "item; put the narrower rule first"
        ),
        Case(
            minimal(destination: ", price_rules: [{ from: \"10\", below: \"10.00\" }]"),
            "3:85: destinations[0].price_rules[0].below: takes nothing; above from, 10"
        ),
        Case(
            minimal(destination: ", price_rules: [{ markup: -100% }]"),
            "3:74: destinations[0].price_rules[0].markup: \"-100%\" is not a markup; "
                + "above -100% and up to 10000% with its sign, such as 35%"
        ),
        Case(
            minimal(destination: ", price_rules: [{ floor: \"0\" }]"),
            "3:73: destinations[0].price_rules[0].floor: \"0\" is not cost or an amount; "
                + "cost, or decimal digits above zero, such as \"9.99\""
        ),
        Case(
            minimal(destination: ", price_rules: [{ match: { vendor: A, tag: b } }]"),
            "3:73: destinations[0].price_rules[0].match: names more than one thing; "
                + "one of sku, collection, vendor, type, tag; left out: every item"
        ),
        Case(
            minimal(destination: ", sku_aliases: { \"A\": \"X\", \"B\": \"X\" }"),
            "3:80: destinations[0].sku_aliases[\"B\"]: \"A\" leads to \"X\" already; each destination SKU once"
        ),
        Case(
            minimal(destination: ", sku_aliases: { 00123: \"X\" }"),
            "3:65: destinations[0].sku_aliases[\"00123\"]: \"00123\" could be a number, a truth value or a date; "
                + "put it in quotes if it is text"
        ),
        Case(
            minimal(
                destination: ", location_groups: [{ name: a, source: [R, V], destination: X }, "
                    + "{ name: b, source: [W], destination: X }]"
            ),
            "3:150: destinations[0].location_groups[1].destination: \"X\" is in destinations[0].location_groups[0] "
                + "already; in one group only"
        ),
        Case(
            minimal(destination: ", location_groups: [{ name: a, source: [R, R], destination: X }]"),
            "3:91: destinations[0].location_groups[0].source[1]: \"R\" is given twice; keep one of them"
        ),
        Case(
            minimal(
                destination: ", location_groups: [{ name: a, source: [R], destination: X }, "
                    + "{ name: b, source: [R], destination: Y }]"
            ),
            "3:130: destinations[0].location_groups[1].source[0]: \"R\" is in destinations[0].location_groups[0] "
                + "already; in one group only"
        ),
        Case(
            minimal("database: postgresql://synctec:hunter2@db/synctec"),
            "4:11: database: this address holds a password; take it out and use a password file (PGPASSFILE, mode 0600)"
        ),
        Case(
            minimal("database: host=db password=hunter2"),
            "4:11: database: this address holds a password; take it out and use a password file (PGPASSFILE, mode 0600)"
        ),
        Case(
            minimal("state: { a: b }"),
            "4:8: state: a group of keys is not taken here; a path, whole or from this file's folder; "
                + "~ and $ are not expanded"
        ),
        Case(minimal("fields: [price]"), "4:9: fields: a list where a group of keys is due"),
        Case(
            minimal("smtp: { url: smtp://user:secret@host, from: a@b.example }"),
            "4:14: smtp.url: \"smtp://user:secret@host\" is not a mail server's URL; smtps://host:465, or "
                + "smtp://host:587 for STARTTLS, without user and password"
        ),
        Case(
            minimal("reports_to: [{ mail: a@b.example }]"),
            "4:13: reports_to: there is no mail server to send by; add smtp, or remove it"
        ),
        Case(
            minimal(destination: ", reports_to: [{ mail: a@b.example }]"),
            "3:62: destinations[0].reports_to: there is no mail server to send by; add smtp, or remove it"
        ),
        Case(
            minimal("\(server)\nreports_to: [{ mail: a@b.example }, { mail: A@b.example, when: always }]"),
            "5:45: reports_to[1].mail: \"A@b.example\" stands there already, with the same when; each once"
        ),
        Case(
            minimal("\(server)\nreports_to: [{ mail: a@b.example, when: weekly }]"),
            "5:41: reports_to[0].when: \"weekly\" is not allowed here; "
                + "always | changes | trouble | daily"
        ),
        Case(
            minimal("smtp: { url: smtp://mail.example, from: a@b.example, allow_plain: true }"),
            "4:67: smtp.allow_plain: \"smtp://mail.example\" is another machine; plain SMTP goes to 127.0.0.1 or "
                + "localhost only; elsewhere STARTTLS or smtps://"
        ),
        Case(
            minimal("smtp: { url: smtps://localhost, from: a@b.example, allow_plain: true }"),
            "4:65: smtp.allow_plain: smtps:// is never plain; remove it, or write smtp://"
        ),
        Case(
            minimal("smtp: { url: smtp://localhost:25, from: a@b.example, user: u, allow_plain: true }"),
            "4:60: smtp.user: a password never goes without TLS; remove it, or remove allow_plain"
        ),
        Case(
            minimal("smtp: { url: smtp://mail.example, from: a@b.example, megabytes: 0 }"),
            "4:65: smtp.megabytes: "
        ),
        Case("- team", "1:1: a list where a group of keys is due"),
        Case("", " has no settings; synctec init writes a file to start from"),
        Case("team: [", "2:1: not YAML: while parsing a flow node: did not find expected node content"),
        Case(
            "a: b\n\tc: d",
            "2:1: not YAML: while scanning a plain scalar: found a tab character that violates indentation"
        ),
    ]

    @Test(arguments: cases)
    func `a bad setting is refused with its place and what is allowed (CF-1)`(wrong: Case) {
        let lines = refusals(wrong.text)
        #expect(lines.first?.hasPrefix(wrong.line) == true, "\(lines)")
    }

    @Test
    func `every error is told at once, in the order of the file`() {
        let text = """
            team: SP-TEAM-000000
            stat: /x
            source: { shop: https://a.myshopify.com }
            brakes: { price_changes: none, plan_age: }
            """
        #expect(
            refusals(text).map { $0.split(separator: ": ")[1] } == [
                "destinations", "team", "stat", "source.shop", "brakes.price_changes", "brakes.plan_age",
            ]
        )
    }

    @Test
    func `errors that nobody would read are counted`() {
        let lines = refusals(minimal((0..<5000).map { "key\($0): x" }.joined(separator: "\n")))
        #expect(lines.count == 201)
        #expect(lines.last == " and 4800 more errors")
    }

    @Test
    func `a message shows no control sign, no long text and no token (CF-2)`() {
        let escape = refusals(minimal("\"sta\\e[31mte\": x")).joined()
        #expect(escape.contains("\\u{1B}"))
        #expect(escape.unicodeScalars.allSatisfy { $0.value >= 0x20 })
        let token = "shpat_" + String(repeating: "0123456789abcdef", count: 2)
        #expect(
            !refusals(minimal("team_token: \(token)\n\(token): 1\nrates: { max_age: \(token) }")).joined().contains(
                "012345"
            )
        )
        #expect(refusals(minimal("rates: { max_age: \(String(repeating: "x", count: 500)) }")).joined().count < 250)
    }

    // ML-2
    @Test(arguments: [
        "ops@northwind.example\\r\\nBcc: all@evil.example", "a b@c.example", "<a@b.example>", "a@b.example,c@d.example",
        "a",
        "a@b@c", "ops@-evil", "ops@northwind.example\\u0000", "ops@northwind.example\\u2028x",
    ])
    func `a mail address that could add a header is refused (ML-2)`(address: String) {
        let lines = refusals(minimal("\(Self.server)\nreports_to: [{ mail: \"\(address)\" }]"))
        #expect(lines.count == 1)
        #expect(lines.joined().contains("reports_to[0].mail: "))
        #expect(lines.joined().contains("is not a mail address"))
    }
}
