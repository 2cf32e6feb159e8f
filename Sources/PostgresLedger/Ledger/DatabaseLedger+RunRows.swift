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
                let numbered = result.corrections.lazy.enumerated()
                try connection.copy(.copyCorrections, numbered.map { [.integer($0.offset)] + $0.element.columns })
                try connection.execute(.insertStagedCorrections, part)
            }
            if !result.findings.isEmpty {
                try connection.execute(.stageFindings)
                let numbered = result.findings.lazy.enumerated()
                try connection.copy(.copyFindings, numbered.map { [.integer($0.offset)] + $0.element.columns })
                try connection.execute(.insertStagedFindings, part)
            }
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
    /// In the order of `StageCorrections.sql`, behind the number.
    fileprivate var columns: [SQLValue] {
        [
            .text(sku), .text(product), .optional(field?.rawValue), .text(source), .text(old), .text(new),
            .text(verdict.rawValue), .text(outcome), .text(reason), .text(rate), .text(rule), .integer(productID),
            .integer(variantID),
        ]
    }
}

extension FindingRow {
    /// In the order of `StageFindings.sql`, behind the number.
    fileprivate var columns: [SQLValue] {
        [
            .text(kind.rawValue), .text(shop), .text(sku), .text(product), .integer(productID), .integer(variantID),
            .text(link), .text(detail), .text(suggestion),
        ]
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
