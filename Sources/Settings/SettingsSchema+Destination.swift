import Catalog

extension SettingsSection {
    /// One reseller's store.
    static let destination = SettingsSection(
        keys: storeKeys + [
            SettingsKey(
                "fields",
                .section(fields),
                fallback: "the team's",
                "Field policies over the team's",
                sample: "{ title: locked }"
            ),
            SettingsKey(
                "exceptions",
                .section(exceptions),
                fallback: "none",
                "Field policies for some items; the narrower wins: sku, collection, tag, vendor",
                sample: "{ sku: { \"LAMP-01\": { price: ignored } } }"
            ),
            SettingsKey(
                "price_rules",
                .list(.section(priceRule)),
                fallback: "the converted price as it is",
                "How a price is made; the first rule that fits counts",
                sample: "[{ match: { vendor: Acme }, markup: 35%, ending: \".99\" }, { markup: 20%, floor: cost }]"
            ),
            SettingsKey(
                "missing",
                .scalar(.choice(MissingItemAction.allCases.map(\.rawValue))),
                fallback: "report",
                "What happens to a source item that the destination lacks",
                sample: "report",
                later: .except(["report"])
            ),
            SettingsKey(
                "removed",
                .scalar(.choice(RemovedItemAction.allCases.map(\.rawValue))),
                fallback: "report",
                "What happens to a destination item that the source no longer has",
                sample: "report",
                later: .except(["report"])
            ),
            SettingsKey(
                "location_groups",
                .list(.section(locationGroup)),
                fallback: "all of the source's locations, and the destination's only active one",
                "Which locations share one stock",
                sample: "[{ name: main, source: [Rotterdam, Venlo], destination: Amsterdam, buffer: 2 }]"
            ),
            SettingsKey(
                "order_push",
                .section(orderPush),
                fallback: "no orders are pushed",
                "How paid orders go to the source",
                sample: "{ enabled: false }"
            ),
            SettingsKey(
                "sku_aliases",
                .table(.sku, .scalar(.sku)),
                fallback: "none",
                "Source SKU: destination SKU, where the two differ",
                sample: "{ \"SRC-1\": \"DST-1\" }"
            ),
            SettingsKey(
                "on_leave",
                .scalar(.choice(LeaveAction.allCases.map(\.rawValue))),
                fallback: "keep",
                "What happens to the stock when the store leaves or is suspended",
                sample: "keep"
            ),
            SettingsKey(
                "brakes",
                .section(brakes),
                fallback: "the team's",
                "Brakes over the team's",
                sample: "{ price_changes: 10% }"
            ),
            SettingsKey(
                "reports_to",
                .list(.section(recipient)),
                fallback: "nobody",
                "Who gets this store's own report by mail, and nothing of any other store",
                sample: "[{ mail: shop@lumen-home.example, when: changes }]"
            ),
        ]
    )

    /// Every field with its policy, those of a later version included.
    static let fields = SettingsSection(
        keys: CatalogField.allCases.map { field in
            let policy = FieldPolicies.defaults[field]
            return fieldKey(field.rawValue, fallback: policy.rawValue, isSetInExample: policy != .ignored, later: nil)
        }
            + ["option_names", "option_values", "images", "metafields", "collections"].map { name in
                fieldKey(name, fallback: "ignored", isSetInExample: false, later: .except(["ignored"]))
            }
    )

    private static func fieldKey(
        _ name: String,
        fallback: String,
        isSetInExample: Bool,
        later: SettingsKey.Later?
    ) -> SettingsKey {
        SettingsKey(
            name,
            .scalar(.choice(FieldPolicy.allCases.map(\.rawValue))),
            fallback: fallback,
            "",
            sample: fallback,
            isSetInExample: isSetInExample,
            later: later
        )
    }

    static let exceptions = SettingsSection(keys: [
        SettingsKey("sku", .table(.sku, .section(fields)), fallback: "none", "Per SKU of the source"),
        SettingsKey("collection", .table(.text, .section(fields)), fallback: "none", "Per collection, by its handle"),
        SettingsKey("tag", .table(.text, .section(fields)), fallback: "none", "Per tag, in any case of letters"),
        SettingsKey("vendor", .table(.text, .section(fields)), fallback: "none", "Per vendor"),
    ])

    static let priceRule = SettingsSection(keys: [
        SettingsKey("match", .section(priceMatch), fallback: "every item", "Which items it is for"),
        SettingsKey(
            "from",
            .scalar(.amount(isSigned: false)),
            fallback: "any price",
            "From this source price on, in the source's currency"
        ),
        SettingsKey(
            "below",
            .scalar(.amount(isSigned: false)),
            fallback: "any price",
            "Below this source price, in the source's currency"
        ),
        SettingsKey(
            "cost_from",
            .scalar(.amount(isSigned: false)),
            fallback: "any cost",
            "From this cost on, in the source's currency"
        ),
        SettingsKey(
            "cost_below",
            .scalar(.amount(isSigned: false)),
            fallback: "any cost",
            "Below this cost, in the source's currency"
        ),
        SettingsKey("markup", .scalar(.markup), fallback: "0%", "Added to the converted price"),
        SettingsKey(
            "offset",
            .scalar(.amount(isSigned: true)),
            fallback: "nothing",
            "Added after the markup, in the destination's currency"
        ),
        SettingsKey(
            "rounding",
            .scalar(.rounding),
            fallback: "half-even, to the minor unit",
            "How the price is rounded"
        ),
        SettingsKey("ending", .scalar(.ending), fallback: "none", "Instead of rounding: the decimals a price ends in"),
        SettingsKey(
            "floor",
            .scalar(.wordOrAmount("cost")),
            fallback: "none",
            "The lowest price: the converted cost, or an amount in the destination's currency"
        ),
        SettingsKey(
            "minimum",
            .scalar(.amount(isSigned: false)),
            fallback: "none",
            "Another lowest price, in the destination's currency"
        ),
        SettingsKey(
            "ceiling",
            .scalar(.wordOrAmount("compare-at")),
            fallback: "none",
            "The highest price: the compare-at price (converted, marked up and offset as the price), or an amount in the destination's currency"
        ),
    ])

    static let priceMatch = SettingsSection(keys: [
        SettingsKey("sku", .oneOrMore(.sku), fallback: "any", "These SKUs of the source"),
        SettingsKey("collection", .scalar(.text), fallback: "any", "The collection with this handle"),
        SettingsKey("vendor", .scalar(.text), fallback: "any", "This vendor"),
        SettingsKey("type", .scalar(.text), fallback: "any", "This product type"),
        SettingsKey("tag", .scalar(.text), fallback: "any", "This tag"),
    ])

    static let locationGroup = SettingsSection(keys: [
        SettingsKey("name", .scalar(.text), fallback: nil, "What the group is called in reports"),
        SettingsKey(
            "source",
            .list(.scalar(.text), isSet: true),
            fallback: nil,
            "Names of the source's locations, whose stock is added up"
        ),
        SettingsKey(
            "destination",
            .scalar(.text),
            fallback: nil,
            "Name of the destination's location that shows the sum"
        ),
        SettingsKey("buffer", .scalar(.whole(0...1_000_000)), fallback: "0", "Units kept back"),
    ])

    static let orderPush = SettingsSection(keys: [
        SettingsKey(
            "enabled",
            .scalar(.boolean),
            fallback: "false",
            "Whether paid orders go to the source",
            later: .except(["false"])
        ),
        SettingsKey("since", .scalar(.date), fallback: "no orders", "Orders of earlier days never go"),
        SettingsKey(
            "wait",
            .scalar(.duration(mostHours: 168)),
            fallback: "2m",
            "How long an order rests before it goes"
        ),
        SettingsKey(
            "line_price",
            .scalar(.choice(OrderPushSettings.LinePrice.allCases.map(\.rawValue))),
            fallback: "retail",
            "Whose prices the source's order shows"
        ),
    ])
}
