import Catalog
import Pricing
import Reconciliation

extension TeamSettings {
    /// Reads and checks a settings file as a whole; nothing is opened or contacted.
    ///
    /// - Parameters:
    ///   - text: what the file holds.
    ///   - file: its path, for messages and as the start of relative paths; relative itself, it starts from the
    ///     environment's current folder.
    ///   - environment: what some defaults depend on.
    /// - Returns: the settings, with every default filled in.
    /// - Throws: every error at once, each with its place.
    public static func parse(
        text: String,
        file: String,
        environment: SettingsEnvironment
    ) throws(SettingsErrors) -> TeamSettings {
        let document = try SettingsDocument(text: text, file: file)
        var check = SettingsCheck(file: file)
        check.check(document.root, .team, path: "")
        check.checkTogether(document.root)
        let folder = environment.folder(ofSettingsFile: file)
        let state = document.root["state"]?.text.map { $0.path(from: folder) } ?? environment.defaultState
        if state == nil {
            check.refuse(nil, "state", "missing, and there is no HOME to put it under", "name a folder")
        }
        let errors = check.told
        guard errors.isEmpty, let state else { throw SettingsErrors(errors) }
        let reader = SettingsReader(file: file, folder: folder)
        guard let settings = reader.team(document.root, state: state) else {
            // The check takes nothing that the reader can't read; a test of every key says so.
            throw SettingsErrors([SettingsError(file: file, position: nil, key: "", problem: "could not be read")])
        }
        return settings
    }
}

extension SettingsCheck {
    /// The errors in the order of the file, with a last one for those that were only counted.
    fileprivate var told: [SettingsError] {
        let start = SettingsPosition(line: 0, column: 0)
        let sorted = errors.sorted { left, right in
            let places = (left.position ?? start, right.position ?? start)
            return places.0 == places.1
                ? left.key.utf8.lexicographicallyPrecedes(right.key.utf8) : places.0 < places.1
        }
        guard untold > 0 else { return sorted }
        return sorted + [SettingsError(file: file, position: nil, key: "", problem: "and \(untold) more errors")]
    }
}

/// Turns a checked tree into settings; what is absent becomes its default.
struct SettingsReader {
    /// As messages name it.
    let file: String
    /// Where relative paths start.
    let folder: String

    func team(_ node: SettingsNode, state: String) -> TeamSettings? {
        guard let team = node["team"]?.text.flatMap({ TeamID($0) }),
            let sourceNode = node["source"],
            let store = store(sourceNode)
        else { return nil }
        let fields = FieldPolicies.defaults.merging(policies(node["fields"]))
        let brakes = brakes(node["brakes"], over: BrakeLimits())
        let destinations = (node["destinations"]?.items ?? []).enumerated().map { index, item in
            destination(item, path: "destinations[\(index)]", fields: fields, brakes: brakes)
        }
        let known = destinations.compactMap(\.self)
        guard known.count == destinations.count else { return nil }
        return TeamSettings(
            team: team,
            database: node["database"]?.text,
            state: state,
            reports: node["reports"]?.text?.path(from: folder) ?? "reports".path(from: state),
            credentials: node["credentials"]?.text?.path(from: folder),
            source: SourceSettings(store: store, shareTags: texts(sourceNode["share"]?["tags"])),
            fields: fields,
            rates: rates(node["rates"]),
            destinations: known,
            brakes: brakes,
            reportsTo: recipients(node["reports_to"]),
            smtp: node["smtp"].flatMap(mailServer),
            keep: retention(node["keep"]),
            metrics: node["metrics"]?.text?.path(from: folder)
        )
    }

    func store(_ node: SettingsNode) -> StoreAddress? {
        guard let shop = node["shop"]?.text.flatMap({ ShopDomain($0) }) else { return nil }
        return StoreAddress(
            shop: shop,
            endpoint: node["endpoint"]?.text.flatMap { BaseURL($0)?.text },
            allowInsecureEndpoint: node["allow_insecure_endpoint"]?.text == "true"
        )
    }

    func policies(_ node: SettingsNode?) -> [CatalogField: FieldPolicy] {
        var policies: [CatalogField: FieldPolicy] = [:]
        for entry in node?.entries ?? [] {
            guard let field = CatalogField(rawValue: entry.key) else { continue }
            policies[field] = entry.value.text.flatMap(FieldPolicy.init(rawValue:))
        }
        return policies
    }

    func brakes(_ node: SettingsNode?, over defaults: BrakeLimits) -> BrakeLimits {
        var brakes = defaults
        guard let node else { return brakes }
        let step = node["price_step"]
        brakes.priceChanges = node["price_changes"]?.percent ?? brakes.priceChanges
        brakes.stockToZero = node["stock_to_zero"]?.percent ?? brakes.stockToZero
        brakes.snapshotShrinks = node["snapshot_shrinks"]?.percent ?? brakes.snapshotShrinks
        brakes.priceStepDown = step?["down"]?.percent ?? brakes.priceStepDown
        brakes.priceStepUp = step?["up"]?.percent ?? brakes.priceStepUp
        brakes.lastPriceFloor = node["last_price_floor"]?.percent ?? brakes.lastPriceFloor
        brakes.heldItems = node["held_items"]?.whole ?? brakes.heldItems
        brakes.allOfOneField = node["all_of_one_field"]?.whole ?? brakes.allOfOneField
        brakes.planAge = node["plan_age"]?.duration ?? brakes.planAge
        return brakes
    }

    private func rates(_ node: SettingsNode?) -> RateSettings {
        let defaults = RateLimits()
        let origin: RateSettings.Origin
        if let table = node?["table"] {
            var rates: [Currency: ExactDecimal] = [:]
            for entry in table.entries {
                if let currency = Currency(code: entry.key) { rates[currency] = entry.value.decimal }
            }
            origin = .table(rates)
        } else if let path = node?["file"]?.text {
            origin = .file(path: path.path(from: folder))
        } else {
            origin = .ecb(url: node?["url"]?.text)
        }
        return RateSettings(
            origin: origin,
            allowInsecureEndpoint: node?["allow_insecure_endpoint"]?.text == "true",
            limits: RateLimits(
                maxAge: node?["max_age"]?.duration ?? defaults.maxAge,
                maxJump: node?["max_jump"]?.percent ?? defaults.maxJump,
                deadBand: node?["dead_band"]?.percent ?? defaults.deadBand
            )
        )
    }

    func recipients(_ node: SettingsNode?) -> [ReportRecipient] {
        (node?.items ?? []).compactMap { item in
            item["mail"]?.text.map { ReportRecipient(mail: $0, when: item["when"]?.choice() ?? .always) }
        }
    }

    private func retention(_ node: SettingsNode?) -> RetentionSettings {
        var keep = RetentionSettings()
        keep.rows = node?["rows"]?.duration ?? keep.rows
        keep.runs = node?["runs"]?.duration ?? keep.runs
        keep.plans = node?["plans"]?.duration ?? keep.plans
        keep.journal = node?["journal"]?.duration ?? keep.journal
        keep.mails = node?["mails"]?.duration ?? keep.mails
        keep.reports = node?["reports"]?.duration ?? keep.reports
        return keep
    }

    private func mailServer(_ node: SettingsNode) -> MailServer? {
        guard let url = node["url"]?.text, let from = node["from"]?.text else { return nil }
        return MailServer(
            url: url,
            from: from,
            user: node["user"]?.text,
            certificates: node["ca"]?.text?.path(from: folder),
            allowsPlain: node["allow_plain"]?.text == "true",
            mostBytes: (node["megabytes"]?.whole ?? MailServer.usualMegabytes) * 1_000_000
        )
    }

    func texts(_ node: SettingsNode?) -> [String] {
        (node?.items ?? []).compactMap(\.text)
    }
}

extension SettingsNode {
    var percent: Percent? { text.flatMap { try? Percent(parsing: $0) } }
    var whole: Int? { text.flatMap { Int(plainDigits: $0) } }
    var duration: Duration? { text.flatMap { Duration(settingsText: $0) } }
    var decimal: ExactDecimal? { text.flatMap { try? ExactDecimal(parsing: $0) } }

    /// A word of a closed list.
    func choice<Choice: RawRepresentable<String>>() -> Choice? { text.flatMap(Choice.init(rawValue:)) }
}
