import Catalog
import Runs

/// Reads the catalogue page by page where bulk cannot serve, into the same lines a bulk export has.
struct CatalogPages: Sendable {
    let client: GraphQLClient
    let progress: @Sendable (ExportProgress) -> Void

    /// Writes products, then variants with their levels, to `path`; a variant's and a level's `__parentId` are those of bulk.
    ///
    /// Shopify lists no more than 25,000 things by pages, so a larger catalogue is refused (Admin API, "API limits").
    func export(to path: String, counts: CatalogCounts, because reason: String) async throws(StoreError) -> BulkFile {
        guard let products = counts.products.exact, let variants = counts.variants.exact,
            max(products, variants) < StoreCount.saturation
        else {
            throw .incomplete(
                shop: client.shop,
                reason: "bulk failed (\(reason)), and the catalogue is too large to be read by pages"
            )
        }
        let file = PageFile(file: try JSONLinesFile(path: path), total: products + variants, progress: progress)
        try await writeProducts(to: file)
        let rootObjects = file.lines
        try await writeVariants(to: file)
        try file.finish()
        return BulkFile(bytes: file.bytes, objects: file.lines, rootObjects: rootObjects)
    }

    private func writeProducts(to file: PageFile) async throws(StoreError) {
        try await client.readPages(
            .productsPage,
            connection: { data throws(AnswerFault) in try data.member("products") },
            take: { nodes throws(StoreError) in
                var fresh = 0
                for node in nodes where file.isNew(try id(of: node, .product)) {
                    try file.write(node.value)
                    fresh += 1
                }
                return fresh
            }
        )
    }

    private func writeVariants(to file: PageFile) async throws(StoreError) {
        try await client.readPages(
            .variantsPage,
            connection: { data throws(AnswerFault) in try data.member("productVariants") },
            take: { nodes throws(StoreError) in
                var fresh = 0
                for node in nodes where file.isNew(try id(of: node, .variant)) {
                    try await write(variant: node, to: file)
                    fresh += 1
                }
                return fresh
            }
        )
    }

    private func write(variant node: AnswerField, to file: PageFile) async throws(StoreError) {
        let shop = client.shop
        let item: AnswerField
        let productID: JSONValue
        let levels: Page
        do throws(AnswerFault) {
            item = try node.member("inventoryItem")
            productID = .string(try node.member("product").member("id").id(.product).gid)
            levels = try Page(try item.member("inventoryLevels"))
        } catch {
            throw .incomplete(shop: shop, reason: "CatalogVariantsPage: \(error)")
        }
        let line = node.value.without("product", "inventoryItem")
            .adding("inventoryItem", item.value.without("inventoryLevels")).adding("__parentId", productID)
        try file.write(line)
        let parent = node.value["id"] ?? .null
        if levels.next == nil {
            for level in levels.nodes { try file.write(level.value.adding("__parentId", parent)) }
        } else {
            try await writeLevels(of: item.value["id"] ?? .null, parent: parent, to: file)
        }
    }

    /// Reads all levels of an item that has more of them than a page of variants shows.
    private func writeLevels(of item: JSONValue, parent: JSONValue, to file: PageFile) async throws(StoreError) {
        try await client.readPages(
            .levelsPage,
            [JSONMember("item", item)],
            connection: { data throws(AnswerFault) in try data.member("inventoryItem").member("inventoryLevels") },
            take: { nodes throws(StoreError) in
                for node in nodes { try file.write(node.value.adding("__parentId", parent)) }
                return nodes.count
            }
        )
    }

    private func id(of node: AnswerField, _ kind: ResourceID.Kind) throws(StoreError) -> ResourceID {
        do throws(AnswerFault) {
            return try node.member("id").id(kind)
        } catch {
            throw .incomplete(shop: client.shop, reason: "\(error)")
        }
    }
}

/// The file that pages go to, and what it holds already; used by one task.
private final class PageFile {
    private var file: JSONLinesFile
    private var seen: Set<ResourceID> = []
    private let total: Int
    private let progress: @Sendable (ExportProgress) -> Void

    init(file: consuming JSONLinesFile, total: Int, progress: @escaping @Sendable (ExportProgress) -> Void) {
        self.file = file
        self.total = total
        self.progress = progress
    }

    var lines: Int { file.lines }
    var bytes: Int { file.bytes }

    /// Whether the thing comes for the first time; a list that was edited while it was read may show one twice.
    func isNew(_ id: ResourceID) -> Bool {
        seen.insert(id).inserted
    }

    func write(_ line: JSONValue) throws(StoreError) {
        try file.write(line)
        if file.lines % 100 == 0 { progress(.paging(objects: min(seen.count, total), of: total)) }
    }

    func finish() throws(StoreError) {
        try file.flush()
        progress(.paging(objects: min(seen.count, total), of: total))
    }
}
