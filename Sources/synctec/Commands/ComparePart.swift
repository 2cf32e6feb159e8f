import Catalog
import CatalogFiles
import Pricing
import Reconciliation
import ReportFiles
import Reporting
import Runs
import Snapshots

/// Writes what was found in one destination's file.
struct ComparePart {
    let folder: ComparisonFolder
    /// The part's folder; empty for the folder of the comparison itself.
    let part: String
    let source: CatalogFile
    let file: CatalogFile
    let notes: [String]
    let compared: ComparedFile

    func write(_ found: FileComparison.Found) throws -> ComparisonReport.Part {
        do {
            try folder.write(found.corrections.parts(of: 512), as: "corrections.csv", in: part)
            let (importing, left) = try writeImport(found)
            let findings = try placed(found.findings + left)
            try folder.write(findings, as: "findings.csv", in: part)
            var status = found.status
            if !left.isEmpty, status == .ok { status = .attention }
            return ComparisonReport.Part(
                file: .init(file, shop: compared.isShopKnown ? compared.shop : nil, compared.currency, notes),
                status: status.rawValue,
                rate: found.rate,
                compared: found.compared,
                notCompared: found.notCompared,
                counts: found.counts,
                summary: found.summary,
                brakes: found.brakes,
                findings: findings.count,
                folder: folder.path(ofPart: part),
                importing: importing
            )
        } catch let error as ReportError {
            throw CommandFailure(.delivery, error.description)
        } catch let error as CatalogFileError {
            throw CommandFailure(error)
        }
    }

    // MARK: Import

    private func writeImport(
        _ found: FileComparison.Found
    ) throws -> (ComparisonReport.Importing, [FindingRow]) {
        guard file.form == .productExport else { return (.notAsked, []) }
        let planned = zip(found.plan.corrections, found.outcomes).filter { $0.1 == .planned }.map(\.0)
        guard !planned.isEmpty else { return (.nothing, []) }
        if let obstacle = try ImportFile.obstacle(in: file) { return (.refused(obstacle), []) }
        var obstacles: [CatalogField: String] = [:]
        for field in Set(planned.map(\.field)) { obstacles[field] = try ImportFile.obstacle(to: field, in: file) }
        let changes = planned.filter { obstacles[$0.field] == nil }.map {
            ImportChange(product: $0.target.product, variant: $0.target.variant, field: $0.field, value: $0.new)
        }
        var left = planned.compactMap { correction in
            obstacles[correction.field].map { finding(correction, "\(correction.field.rawValue): \($0)") }
        }
        let content = try ImportFile(changes, of: file)
        for correction in planned where obstacles[correction.field] == nil {
            if content.scatteredProducts.contains(correction.target.product) {
                left.append(
                    finding(
                        correction,
                        "\(correction.field.rawValue): rows of this handle are not together in the file",
                        suggestion: "sort the file by handle and compare again"
                    )
                )
            } else if content.productsWithoutOptions.contains(correction.target.product) {
                left.append(
                    finding(
                        correction,
                        "\(correction.field.rawValue): the export does not tell the options of all variants, by which an import finds them"
                    )
                )
            }
        }
        guard !content.isEmpty else {
            return (.refused("nothing that differs can be imported; see findings.csv"), left)
        }
        var written = ImportFile.Written()
        try folder.write("import.csv", in: part) { sink throws(ReportError) in
            written = try content.write(to: sink, reading: { ReportError($0.description) })
        }
        return (
            .written(products: written.products, rows: written.rows, bytes: written.bytes, left: left.count), left
        )
    }

    private func finding(
        _ correction: Correction,
        _ detail: String,
        suggestion: String = "change it in the shop's admin"
    ) -> FindingRow {
        FindingRow(
            kind: .left,
            shop: compared.label,
            sku: correction.sku.text,
            product: correction.product,
            productID: correction.target.product,
            variantID: correction.target.variant,
            detail: detail,
            suggestion: suggestion
        )
    }

    // MARK: Places

    /// The findings with the line and the handle of the export's row, instead of ids that are none of the shop's.
    private func placed(_ rows: [FindingRow]) throws -> [FindingRow] {
        let exports = [(source, source.name), (file, file.name)].filter { $0.0.form == .productExport }
        guard !exports.isEmpty, !rows.isEmpty else { return rows }
        let label = compared.label
        func isOfDestination(_ row: FindingRow) -> Bool { row.shop == label }
        let products = { (isDestination: Bool) in
            Set(rows.filter { isOfDestination($0) == isDestination && $0.productID != 0 }.map { Int($0.productID) })
        }
        let handles = [
            false: source.form == .productExport ? try source.handles(ofLines: products(false)) : nil,
            true: file.form == .productExport ? try file.handles(ofLines: products(true)) : nil,
        ]
        return rows.map { row in
            guard let known = handles[isOfDestination(row)] ?? nil, row.variantID != 0 else { return row }
            let handle = known[Int(row.productID)] ?? ""
            return FindingRow(
                kind: row.kind,
                shop: row.shop,
                sku: row.sku,
                product: row.product,
                detail: "line \(row.variantID), handle \(handle): \(row.detail)",
                suggestion: row.suggestion
            )
        }
    }
}
