import Catalog
import Pricing

extension SettingsCheck {
    /// Checks what single values can't tell: whether they go together.
    mutating func checkTogether(_ root: SettingsNode) {
        checkRoles(root)
        if let source = root["source"] { checkEndpoint(source, path: "source") }
        if let tags = root["source"]?["share"]?["tags"], case .list(let items) = tags.content, items.isEmpty {
            refuse(
                tags.position,
                "source.share.tags",
                "no tag in it",
                "at least one; without share everything is shared"
            )
        }
        if let rates = root["rates"] { checkRates(rates) }
        checkMail(root)
        checkRetention(root)
        for (index, destination) in (root["destinations"]?.items ?? []).enumerated() {
            let path = "destinations[\(index)]"
            checkEndpoint(destination, path: path)
            checkPriceRules(destination["price_rules"]?.items ?? [], path: "\(path).price_rules")
            checkLocations(destination["location_groups"]?.items ?? [], path: "\(path).location_groups")
            checkAliases(destination["sku_aliases"]?.entries ?? [], path: "\(path).sku_aliases")
        }
    }

    /// A shop has one role (FAULTS CF-4).
    private mutating func checkRoles(_ root: SettingsNode) {
        var roles: [String: String] = [:]
        if let shop = root["source"]?["shop"]?.text { roles[shop] = "the source" }
        for (index, destination) in (root["destinations"]?.items ?? []).enumerated() {
            guard let shop = destination["shop"], let name = shop.text, ShopDomain(name) != nil else { continue }
            if let role = roles[name] {
                refuse(shop.position, "destinations[\(index)].shop", "\(name) is \(role) already", "each shop once")
            } else {
                roles[name] = "destinations[\(index)]"
            }
        }
    }

    /// Odd addresses need a word of consent, and plain HTTP never leaves this machine (FAULTS CF-5).
    private mutating func checkEndpoint(_ store: SettingsNode, path: String) {
        let isAllowed = store["allow_insecure_endpoint"]?.text == "true"
        guard let endpoint = store["endpoint"] else {
            if isAllowed, let flag = store["allow_insecure_endpoint"] {
                refuse(
                    flag.position,
                    "\(path).allow_insecure_endpoint",
                    "there is no endpoint to allow",
                    "remove it, or add the endpoint"
                )
            }
            return
        }
        guard let url = endpoint.text.flatMap({ BaseURL($0) }) else { return }
        let key = "\(path).endpoint"
        if let shop = url.shop {
            guard let own = store["shop"]?.text, own != shop.text else { return }
            return refuse(endpoint.position, key, "\(shop) is another shop than \(quoted(own))", "remove it")
        }
        checkConsent(url, endpoint, key: key, isAllowed: isAllowed, usual: "https://name.myshopify.com")
    }

    private mutating func checkConsent(
        _ url: BaseURL,
        _ node: SettingsNode,
        key: String,
        isAllowed: Bool,
        usual: String
    ) {
        if !isAllowed {
            refuse(
                node.position,
                key,
                "\(quoted(url.text)) is not \(usual)",
                "needs allow_insecure_endpoint: true beside it"
            )
        } else if !url.isSecure, !url.isLoopback {
            refuse(
                node.position,
                key,
                "\(quoted(url.text)) is plain http to another machine",
                "plain http goes to 127.0.0.1, [::1] or localhost only; elsewhere https"
            )
        }
    }

    private mutating func checkRates(_ rates: SettingsNode) {
        let given = rates.entries.filter { ["source", "table", "file"].contains($0.key) }
        if given.count > 1, let second = given.dropFirst().first {
            let names = given.map(\.key).joined(separator: " and ")
            refuse(second.position, "rates.\(second.key)", "\(names) are given", "rates come from one of them")
        }
        if let table = rates["table"], case .mapping(let entries) = table.content, entries.isEmpty {
            refuse(table.position, "rates.table", "no rate in it", "CURRENCY: \"rate\"")
        }
        let isAllowed = rates["allow_insecure_endpoint"]?.text == "true"
        guard let address = rates["url"] else {
            if isAllowed, let flag = rates["allow_insecure_endpoint"] {
                refuse(flag.position, "rates.allow_insecure_endpoint", "there is no url to allow", "remove it")
            }
            return
        }
        if rates["table"] != nil || rates["file"] != nil {
            refuse(address.position, "rates.url", "a url is only for source: ecb", "remove it")
        }
        guard let url = address.text.flatMap({ BaseURL($0) }), !url.isSecure else { return }
        checkConsent(url, address, key: "rates.url", isAllowed: isAllowed, usual: "https")
    }

    private mutating func checkPriceRules(_ rules: [SettingsNode], path: String) {
        var catchAll: Int?
        for (index, rule) in rules.enumerated() {
            let key = "\(path)[\(index)]"
            if let catchAll {
                refuse(
                    rule.position,
                    key,
                    "never counts, because \(path)[\(catchAll)] takes every item",
                    "put the narrower rule first"
                )
            }
            if let ending = rule["ending"], rule["rounding"] != nil {
                refuse(ending.position, "\(key).ending", "ending and rounding are given", "keep one of them")
            }
            for (low, high) in [("from", "below"), ("cost_from", "cost_below")] {
                guard let from = rule[low]?.decimal, let below = rule[high], let limit = below.decimal else { continue }
                if from >= limit { refuse(below.position, "\(key).\(high)", "takes nothing", "above \(low), \(from)") }
            }
            let matched = rule["match"]?.entries ?? []
            if let match = rule["match"], case .mapping = match.content, matched.count != 1 {
                refuse(
                    match.position,
                    "\(key).match",
                    matched.isEmpty ? "names nothing" : "names more than one thing",
                    "one of \(SettingsSection.priceMatch.keys.map(\.name).joined(separator: ", ")); left out: every item"
                )
            }
            let limits = ["match", "from", "below", "cost_from", "cost_below"]
            if catchAll == nil, case .mapping = rule.content, limits.allSatisfy({ rule[$0] == nil }) {
                catchAll = index
            }
        }
    }

    /// No stock is counted twice and no location is written twice.
    private mutating func checkLocations(_ groups: [SettingsNode], path: String) {
        var names: [[UInt8]: String] = [:]
        var sources: [[UInt8]: String] = [:]
        var destinations: [[UInt8]: String] = [:]
        for (index, group) in groups.enumerated() {
            let key = "\(path)[\(index)]"
            note(group["name"], "\(key).name", in: &names, of: key)
            note(group["destination"], "\(key).destination", in: &destinations, of: key)
            if let source = group["source"], case .list(let items) = source.content, items.isEmpty {
                refuse(source.position, "\(key).source", "no location in it", "at least one location of the source")
            }
            for (place, source) in (group["source"]?.items ?? []).enumerated() {
                // Twice in one group is the list's own fault and told there.
                if let text = source.text, sources[Array(text.utf8)] == key { continue }
                note(source, "\(key).source[\(place)]", in: &sources, of: key)
            }
        }
    }

    private mutating func note(
        _ node: SettingsNode?,
        _ key: String,
        in known: inout [[UInt8]: String],
        of group: String
    ) {
        guard let node, let text = node.text else { return }
        if let holder = known[Array(text.utf8)] {
            refuse(node.position, key, "\(quoted(text)) is in \(holder) already", "in one group only")
        } else {
            known[Array(text.utf8)] = group
        }
    }

    /// Two source SKUs never lead to one destination SKU.
    private mutating func checkAliases(_ aliases: [SettingsEntry], path: String) {
        var sources: [SKU: SKU] = [:]
        for alias in aliases {
            guard let source = SKU(alias.key), let target = alias.value.text.flatMap({ SKU($0) }) else { continue }
            let key = "\(path)[\(quoted(alias.key))]"
            if source == target {
                refuse(alias.value.position, key, "leads to itself", "remove it: equal SKUs match anyway")
            } else if let other = sources[target] {
                refuse(
                    alias.value.position,
                    key,
                    "\(quoted(other.text)) leads to \(quoted(target.text)) already",
                    "each destination SKU once"
                )
            } else {
                sources[target] = source
            }
        }
    }
}
