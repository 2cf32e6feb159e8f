public import Catalog
import FoundationEssentials
import Reconciliation
public import Reporting
public import Runs

extension DatabaseLedger {
    /// See ``Runs/Ledger``.
    ///
    /// A second record of the same part of a run takes the place of the first.
    public func record(_ result: DestinationRecord, lock: RunLock) async throws(LedgerError) {
        try await write(result.team, lock: lock) { connection, key throws(DatabaseError) in
            let part: [SQLValue] = [.uuid(key), .uuid(result.run.uuid), .text(result.destination.text)]
            try connection.execute(.deleteRunCorrections, part)
            try connection.execute(.deleteRunFindings, part)
            try connection.execute(.deleteRunDestination, part)
            try connection.execute(.insertRunDestination, part + result.columns)
            if !result.corrections.isEmpty {
                try connection.execute(.stageCorrections)
                try connection.copy(.copyCorrections, rows: result.corrections.count) { index, buffer in
                    result.corrections[index].append(to: &buffer, number: index)
                }
                let written = try connection.execute(.insertStagedCorrections, part)
                try Self.expect(written, result.corrections.count, .insertStagedCorrections)
            }
            if !result.findings.isEmpty {
                try connection.execute(.stageFindings)
                try connection.copy(.copyFindings, rows: result.findings.count) { index, buffer in
                    result.findings[index].append(to: &buffer, number: index)
                }
                let written = try connection.execute(.insertStagedFindings, part)
                try Self.expect(written, result.findings.count, .insertStagedFindings)
            }
        }
    }

    private static func expect(_ written: Int, _ count: Int, _ statement: SQLStatement) throws(DatabaseError) {
        guard written == count else {
            throw .unreadable(statement: statement.name, detail: "\(count) rows were staged, \(written) arrived")
        }
    }

    /// See ``Runs/Ledger``.
    public func rows(of run: RunID, destination: ShopDomain, in team: TeamID)
        async throws(LedgerError) -> (corrections: [CorrectionRow], findings: [FindingRow])
    {
        try await read(team) { connection, key throws(DatabaseError) in
            let part: [SQLValue] = [.uuid(key), .uuid(run.uuid), .text(destination.text)]
            let corrections = try connection.rows(.selectCorrections, part) { row throws(DatabaseError) in
                try row.correction()
            }
            let findings = try connection.rows(.selectFindings, part) { row throws(DatabaseError) in try row.finding() }
            return (corrections: corrections, findings: findings)
        }
    }
}

extension DestinationRecord {
    /// The columns of `run_destinations` behind the key, in the order of `InsertRunDestination.sql`.
    fileprivate var columns: [SQLValue] {
        [
            .text(status), .text(detail), .optional(plan?.text),
            .integer(summary.sourceVariants), .integer(summary.sourceBlanks), .integer(summary.sourceDuplicates),
            .integer(summary.destinationVariants), .integer(summary.destinationBlanks),
            .integer(summary.destinationDuplicates), .integer(summary.matched), .integer(summary.applied),
            .integer(summary.failed), .integer(summary.left), .integer(summary.planned), .integer(summary.heldFields),
            .integer(summary.refusedFields), .integer(summary.mutations), .counts(summary.skus),
            .counts(summary.corrections),
        ]
    }
}

extension CorrectionRow {
    /// In the order of `StageCorrections.sql`.
    fileprivate func append(to buffer: inout CopyBuffer, number: Int) {
        buffer.row(columns: 14)
        buffer.integer(Int64(number))
        buffer.text(sku)
        buffer.text(product)
        buffer.text(field?.rawValue)
        buffer.text(source)
        buffer.text(old)
        buffer.text(new)
        buffer.text(verdict.rawValue)
        buffer.text(outcome)
        buffer.text(reason)
        buffer.text(rate)
        buffer.text(rule)
        buffer.integer(productID)
        buffer.integer(variantID)
    }
}

extension FindingRow {
    /// In the order of `StageFindings.sql`.
    fileprivate func append(to buffer: inout CopyBuffer, number: Int) {
        buffer.row(columns: 10)
        buffer.integer(Int64(number))
        buffer.text(kind.rawValue)
        buffer.text(shop)
        buffer.text(sku)
        buffer.text(product)
        buffer.integer(productID)
        buffer.integer(variantID)
        buffer.text(link)
        buffer.text(detail)
        buffer.text(suggestion)
    }
}

extension Row {
    fileprivate func correction() throws(DatabaseError) -> CorrectionRow {
        let field = try optionalText("field")
        return CorrectionRow(
            sku: try text("sku"),
            product: try text("product"),
            field: try field.map { word throws(DatabaseError) in try made(CatalogField(rawValue: word), "field") },
            source: try text("source_value"),
            old: try text("old_value"),
            new: try text("new_value"),
            verdict: try word("verdict"),
            outcome: try text("outcome"),
            reason: try text("reason"),
            rate: try text("rate"),
            rule: try text("rule"),
            productID: try integer("product_number"),
            variantID: try integer("variant_number")
        )
    }

    fileprivate func finding() throws(DatabaseError) -> FindingRow {
        FindingRow(
            kind: try word("kind"),
            shop: try text("found_at_shop"),
            sku: try text("sku"),
            product: try text("product"),
            productID: try integer("product_number"),
            variantID: try integer("variant_number"),
            link: try text("link"),
            detail: try text("detail"),
            suggestion: try text("suggestion")
        )
    }
}

extension SQLStatement {
    fileprivate static let deleteRunCorrections = SQLStatement(
        "DeleteRunCorrections",
        PackageResources.DeleteRunCorrections_sql
    )
    fileprivate static let deleteRunFindings = SQLStatement("DeleteRunFindings", PackageResources.DeleteRunFindings_sql)
    fileprivate static let deleteRunDestination = SQLStatement(
        "DeleteRunDestination",
        PackageResources.DeleteRunDestination_sql
    )
    fileprivate static let insertRunDestination = SQLStatement(
        "InsertRunDestination",
        PackageResources.InsertRunDestination_sql
    )
    fileprivate static let stageCorrections = SQLStatement("StageCorrections", PackageResources.StageCorrections_sql)
    fileprivate static let copyCorrections = SQLStatement("CopyCorrections", PackageResources.CopyCorrections_sql)
    fileprivate static let insertStagedCorrections = SQLStatement(
        "InsertStagedCorrections",
        PackageResources.InsertStagedCorrections_sql
    )
    fileprivate static let stageFindings = SQLStatement("StageFindings", PackageResources.StageFindings_sql)
    fileprivate static let copyFindings = SQLStatement("CopyFindings", PackageResources.CopyFindings_sql)
    fileprivate static let insertStagedFindings = SQLStatement(
        "InsertStagedFindings",
        PackageResources.InsertStagedFindings_sql
    )
    fileprivate static let selectCorrections = SQLStatement("SelectCorrections", PackageResources.SelectCorrections_sql)
    fileprivate static let selectFindings = SQLStatement("SelectFindings", PackageResources.SelectFindings_sql)
}
