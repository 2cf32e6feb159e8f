import Catalog
import Reconciliation

extension RunReport {
    /// The report as one JSON document, for a command's `--json`.
    ///
    /// The same report gives the same bytes.
    /// Names are those of the CSV columns and of the summary's metrics; what is empty in a file is null here. Amounts and values are
    /// text, so that no reader is led through binary floating point (FAULTS MO-1). Without rows, `corrections` and `findings`
    /// are left out.
    public func json(includingRows: Bool = true) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("run", run)
            json.member("team", team.text)
            json.member("source", source.text)
            json.member("command", command)
            json.member("started_at", startedAt.description)
            json.member("ended_at", endedAt.description)
            json.member("status", status)
            json.member("detail", detail, orNull: true)
            json.member("destinations") { json in
                json.array(destinations) { json, destination in
                    destination.write(to: &json, includingRows: includingRows)
                }
            }
        }
        json.end()
        return json.bytes
    }
}

extension DestinationReport {
    fileprivate func write(to json: inout JSONWriter, includingRows: Bool) {
        json.object { json in
            json.member("destination", shop.text)
            json.member("status", status)
            json.member("detail", detail, orNull: true)
            json.member("plan", plan?.text ?? "", orNull: true)
            json.member("rate", rate, orNull: true)
            json.member("brakes") { json in
                json.array(brakes) { json, hit in
                    json.object { json in
                        json.member("brake", hit.brake.rawValue)
                        json.member("title", hit.brake.title)
                        json.member("detail", hit.detail)
                        json.member("stops", hit.extent.text)
                        json.member("advice", hit.advice(hash: plan))
                    }
                }
            }
            json.member("summary") { json in
                guard isCompared else { return json.value(nil) }
                json.object { json in
                    for row in summaryRows {
                        guard case .count(let count) = row.value else { continue }
                        json.member(row.metric) { $0.value(Int64(count)) }
                    }
                }
            }
            guard includingRows else { return }
            json.member("corrections") { json in json.array(corrections) { json, row in row.write(to: &json) } }
            json.member("findings") { json in json.array(findings) { json, row in row.write(to: &json) } }
        }
    }
}

extension CorrectionRow {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("sku", sku)
            json.member("product", product, orNull: true)
            json.member("field", field?.rawValue ?? "", orNull: true)
            json.member("source_value", source, orNull: true)
            json.member("old", old, orNull: true)
            json.member("new", new, orNull: true)
            json.member("verdict", verdict.rawValue)
            json.member("outcome", outcome)
            json.member("reason", reason, orNull: true)
            json.member("rate", rate, orNull: true)
            json.member("rule", rule, orNull: true)
            json.member("product_id", productID == 0 ? nil : productID)
            json.member("variant_id", variantID == 0 ? nil : variantID)
        }
    }
}

extension FindingRow {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("kind", kind.rawValue)
            json.member("shop", shop)
            json.member("sku", sku, orNull: true)
            json.member("product", product, orNull: true)
            json.member("product_id", productID == 0 ? nil : productID)
            json.member("variant_id", variantID == 0 ? nil : variantID)
            json.member("link", link, orNull: true)
            json.member("detail", detail)
            json.member("suggestion", suggestion, orNull: true)
        }
    }
}
