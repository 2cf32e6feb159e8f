/// One GraphQL document of the folder `Documents`, and what may be done with it.
struct AdminOperation: Sendable {
    /// When a call may be sent again by itself.
    enum Repetition: Sendable {
        /// It changes nothing.
        case always
        /// It carries an idempotency key: the store itself ignores the repetition.
        case underItsKey
        /// It sets values absolutely: again after throttling, never after a lost answer.
        case afterThrottling
        /// Only where nothing was sent.
        case never
    }

    /// The operation's name in the document, which is also the file's name.
    let name: String
    /// The document.
    let document: String
    let repetition: Repetition
    /// Points to set aside until the store has named the real cost.
    let estimatedCost: Double
    /// Whether it is a GraphQL mutation.
    let isMutation: Bool
    /// Whether it changes what the store holds; starting an export is a mutation that does not.
    let changesStore: Bool

    private init(
        _ name: String,
        _ document: [UInt8],
        _ repetition: Repetition,
        estimatedCost: Double,
        isMutation: Bool = false,
        changesStore: Bool = false
    ) {
        self.name = name
        self.document = String(decoding: document, as: UTF8.self)
        self.repetition = repetition
        self.estimatedCost = estimatedCost
        self.isMutation = isMutation
        self.changesStore = changesStore
    }
}

extension AdminOperation {
    static let shopIdentity = query("ShopIdentity", PackageResources.ShopIdentity_graphql, 20)
    static let locations = query("Locations", PackageResources.Locations_graphql, 260)
    static let catalogCounts = query("CatalogCounts", PackageResources.CatalogCounts_graphql, 10)
    static let collectionsCount = query("CollectionsCount", PackageResources.CollectionsCount_graphql, 10)
    static let exportStatus = query("ExportStatus", PackageResources.ExportStatus_graphql, 1)
    static let recentExports = query("RecentExports", PackageResources.RecentExports_graphql, 25)
    static let productsPage = query("CatalogProductsPage", PackageResources.CatalogProductsPage_graphql, 250)
    static let variantsPage = query("CatalogVariantsPage", PackageResources.CatalogVariantsPage_graphql, 900)
    static let levelsPage = query("InventoryLevelsPage", PackageResources.InventoryLevelsPage_graphql, 350)
    static let variantStates = query("VariantStates", PackageResources.VariantStates_graphql, 700)
    static let productStates = query("ProductStates", PackageResources.ProductStates_graphql, 250)
    static let stockStates = query("StockStates", PackageResources.StockStates_graphql, 350)
    static let startBulkQuery = AdminOperation(
        "StartBulkQuery",
        PackageResources.StartBulkQuery_graphql,
        .never,
        estimatedCost: 12,
        isMutation: true
    )
    static let updateProduct = write("UpdateProduct", PackageResources.UpdateProduct_graphql, .afterThrottling, 15)
    static let updateVariants = write("UpdateVariants", PackageResources.UpdateVariants_graphql, .afterThrottling, 60)
    static let setStock = write("SetStock", PackageResources.SetStock_graphql, .underItsKey, 15)
    static let activateStock = write("ActivateStock", PackageResources.ActivateStock_graphql, .underItsKey, 20)

    private static func query(_ name: String, _ document: [UInt8], _ cost: Double) -> AdminOperation {
        AdminOperation(name, document, .always, estimatedCost: cost)
    }

    private static func write(
        _ name: String,
        _ document: [UInt8],
        _ repetition: Repetition,
        _ cost: Double
    ) -> AdminOperation {
        AdminOperation(name, document, repetition, estimatedCost: cost, isMutation: true, changesStore: true)
    }
}
