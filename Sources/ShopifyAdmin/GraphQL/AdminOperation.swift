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
    /// For a list read by pages: most entries of a page, and what one of them costs.
    let page: PageSize?
    /// Whether it is a GraphQL mutation.
    let isMutation: Bool
    /// Whether it changes what the store holds; starting an export is a mutation that does not.
    let changesStore: Bool

    /// How large a page may be.
    struct PageSize: Sendable {
        let most: Int
        let costPerEntry: Int

        /// Entries of a page that a bucket of that size can hold, with a little to spare; at least one.
        func entries(inBucketOf maximum: Int) -> Int {
            max(1, min(most, (maximum - 10) / costPerEntry))
        }
    }

    private init(
        _ name: String,
        _ document: [UInt8],
        _ repetition: Repetition,
        estimatedCost: Double,
        page: PageSize? = nil,
        isMutation: Bool = false,
        changesStore: Bool = false
    ) {
        self.name = name
        self.document = String(decoding: document, as: UTF8.self)
        self.repetition = repetition
        self.estimatedCost = estimatedCost
        self.page = page
        self.isMutation = isMutation
        self.changesStore = changesStore
    }
}

extension AdminOperation {
    static let shopIdentity = query("ShopIdentity", PackageResources.ShopIdentity_graphql, 20)
    static let locations = pages("Locations", PackageResources.Locations_graphql, most: 250, cost: 1)
    static let catalogCounts = query("CatalogCounts", PackageResources.CatalogCounts_graphql, 10)
    static let collectionsCount = query("CollectionsCount", PackageResources.CollectionsCount_graphql, 10)
    static let exportStatus = query("ExportStatus", PackageResources.ExportStatus_graphql, 1)
    static let recentExports = query("RecentExports", PackageResources.RecentExports_graphql, 55)
    static let productsPage = pages(
        "CatalogProductsPage",
        PackageResources.CatalogProductsPage_graphql,
        most: 250,
        cost: 2
    )
    static let variantsPage = pages(
        "CatalogVariantsPage",
        PackageResources.CatalogVariantsPage_graphql,
        most: 25,
        cost: 32
    )
    static let levelsPage = pages(
        "InventoryLevelsPage",
        PackageResources.InventoryLevelsPage_graphql,
        most: 250,
        cost: 3
    )
    static let variantStates = query("VariantStates", PackageResources.VariantStates_graphql, 900)
    static let variantPrices = query("VariantPrices", PackageResources.VariantPrices_graphql, 500)
    static let productStates = query("ProductStates", PackageResources.ProductStates_graphql, 500)
    static let stockStates = query("StockStates", PackageResources.StockStates_graphql, 750)
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

    static let importStatus = query("ImportStatus", PackageResources.ImportStatus_graphql, 1)
    /// Makes a place for a file, which nobody sees: to do it twice is as good as once.
    static let stageUpload = AdminOperation(
        "StageUpload",
        PackageResources.StageUpload_graphql,
        .always,
        estimatedCost: 11
    )
    static let startBulkWrite = AdminOperation(
        "StartBulkWrite",
        PackageResources.StartBulkWrite_graphql,
        .never,
        estimatedCost: 12,
        isMutation: true,
        changesStore: true
    )
    /// To cancel twice is as good as once.
    static let cancelBulkWrite = AdminOperation(
        "CancelBulkWrite",
        PackageResources.CancelBulkWrite_graphql,
        .always,
        estimatedCost: 12
    )

    private static func query(_ name: String, _ document: [UInt8], _ cost: Double) -> AdminOperation {
        AdminOperation(name, document, .always, estimatedCost: cost)
    }

    /// The cost of an entry is that of its objects (Admin API, "API limits"); 1,000 points is the most of one call.
    private static func pages(_ name: String, _ document: [UInt8], most: Int, cost: Int) -> AdminOperation {
        AdminOperation(
            name,
            document,
            .always,
            estimatedCost: Double(most * cost + 10),
            page: PageSize(most: most, costPerEntry: cost)
        )
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
