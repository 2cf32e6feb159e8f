public import Catalog
import FoundationEssentials
public import ReportPage
public import Runs

extension DatabaseLedger {
    /// What the runs of a span found of one SKU, the newest run first, then by destination and as in the report.
    ///
    /// The SKU is taken exactly as the source has it. Reads all rows of those runs.
    public func drift(ofSKU sku: SKU, _ span: DriftSpan, of team: TeamID, limit: Int) async throws(LedgerError)
        -> [DriftedValue]
    {
        try await read(team) { connection, key throws(DatabaseError) in
            try connection.rows(
                .selectDriftOfSKU,
                [
                    .uuid(key), .text(sku.text), .timestamp(span.until), .timestamp(span.since),
                    .texts(span.shops.map(\.text)), .integer(limit),
                ]
            ) { row throws(DatabaseError) in try row.driftedValue() }
        }
    }

    /// The fields that were set back in more than one run of a span, the most often first; never stock, which moves with sales.
    public func repeatedDrift(_ span: DriftSpan, of team: TeamID, limit: Int) async throws(LedgerError)
        -> [RepeatedDrift]
    {
        try await read(team) { connection, key throws(DatabaseError) in
            try connection.repeatedDrift(
                of: key,
                since: span.since,
                until: span.until,
                shops: span.shops,
                mostRuns: .max,
                limit: limit
            )
        }
    }
}

extension PostgresConnection {
    /// Fields that were set back in more than one of the latest runs up to a time.
    func repeatedDrift(
        of key: UUID,
        since: Timestamp = Timestamp(microseconds: 0),
        until: Timestamp,
        shops: Set<ShopDomain> = [],
        mostRuns: Int,
        limit: Int
    ) throws(DatabaseError) -> [RepeatedDrift] {
        try rows(
            .selectRepeatedDrift,
            [
                .uuid(key), .timestamp(until), .integer(mostRuns), .integer(limit), .timestamp(since),
                .texts(shops.map(\.text)),
            ]
        ) { row throws(DatabaseError) in try row.repeatedDrift() }
    }
}

extension Row {
    fileprivate func repeatedDrift() throws(DatabaseError) -> RepeatedDrift {
        RepeatedDrift(
            shop: try shop("shop"),
            sku: try text("sku"),
            product: try text("product"),
            field: try word("field"),
            times: try count("times"),
            first: try timestamp("first_at"),
            last: try timestamp("last_at"),
            found: try text("found"),
            productID: try integer("product_number"),
            variantID: try integer("variant_number")
        )
    }

    fileprivate func driftedValue() throws(DatabaseError) -> DriftedValue {
        let isWhole = try optionalText("field") == nil
        return DriftedValue(
            run: try runID("run_id"),
            startedAt: try timestamp("started_at"),
            command: try text("command"),
            shop: try shop("shop"),
            product: try text("product"),
            field: isWhole ? nil : try word("field"),
            verdict: try word("verdict"),
            source: try text("source_value"),
            old: try text("old_value"),
            new: try text("new_value"),
            outcome: try text("outcome"),
            reason: try text("reason"),
            since: try timestamp("since")
        )
    }
}

extension SQLStatement {
    fileprivate static let selectDriftOfSKU = SQLStatement("SelectDriftOfSKU", PackageResources.SelectDriftOfSKU_sql)
    fileprivate static let selectRepeatedDrift = SQLStatement(
        "SelectRepeatedDrift",
        PackageResources.SelectRepeatedDrift_sql
    )
}
