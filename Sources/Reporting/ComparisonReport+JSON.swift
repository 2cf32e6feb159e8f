import Catalog
import Reconciliation

extension ComparisonReport {
    /// The report as one JSON document; the rows are in the files it names (`reports/README.md`).
    public func json() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("command", "compare")
            json.member("started_at", startedAt.description)
            json.member("ended_at", endedAt.description)
            json.member("status", status)
            json.member("folder", folder)
            json.member("source") { json in json.object { source.write(to: &$0) } }
            json.member("destinations") { json in
                json.array(parts) { json, part in part.write(to: &json) }
            }
        }
        json.end()
        return json.bytes
    }
}

extension ComparisonReport.File {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("file", name)
        json.member("shop", shop, orNull: true)
        json.member("form", form)
        json.member("compression", compression, orNull: true)
        json.member("currency", currency)
        json.member("notes") { json in json.array(notes) { json, note in json.value(note) } }
    }
}

extension ComparisonReport.Part {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            file.write(to: &json)
            json.member("status", status)
            json.member("rate", rate, orNull: true)
            json.member("fields") { json in
                json.array(compared.fields) { json, field in json.value(field.rawValue) }
            }
            json.member("not_compared") { json in
                json.array(notCompared) { json, gap in
                    json.object { json in
                        json.member("field", gap.field.rawValue)
                        json.member("reason", gap.reason)
                    }
                }
            }
            json.member("counts") { json in json.object { counts.write(to: &$0) } }
            json.member("summary") { json in
                json.object { json in
                    for (metric, count, _) in summary.countRows { json.member(metric) { $0.value(Int64(count)) } }
                }
            }
            json.member("brakes") { json in
                json.array(brakes) { json, hit in
                    json.object { json in
                        json.member("brake", hit.brake.rawValue)
                        json.member("title", hit.brake.title)
                        json.member("detail", hit.detail)
                        json.member("stops", hit.extent.text)
                    }
                }
            }
            json.member("findings", Int64(findings))
            json.member("folder", folder)
            json.member("import") { json in importing.write(to: &json) }
        }
    }
}

extension ComparisonReport.Importing {
    fileprivate func write(to json: inout JSONWriter) {
        switch self {
        case .notAsked, .nothing: json.value(nil)
        case .refused(let reason): json.object { $0.member("reason", reason) }
        case .written(let products, let rows, let bytes, let left):
            json.object { json in
                json.member("products", Int64(products))
                json.member("rows", Int64(rows))
                json.member("bytes", Int64(bytes))
                json.member("corrections_left", Int64(left))
            }
        }
    }
}

extension ComparisonCounts {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("source") { json in json.object { source.write(to: &$0) } }
        json.member("destination") { json in json.object { destination.write(to: &$0) } }
        json.member("missing", Int64(missing))
        json.member("extra", Int64(extra))
        json.member("unshared", Int64(unshared))
        json.member("compared", Int64(compared))
        json.member("drift") { json in
            json.object { json in
                for field in drift.keys.sorted() { json.member(field.rawValue) { $0.value(Int64(drift[field] ?? 0)) } }
            }
        }
        json.member("drift_rows", Int64(driftRows))
        json.member("drifted_skus", Int64(driftedSKUs))
        json.member("undecided", Int64(undecided))
    }
}

extension ComparisonCounts.Side {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("products", Int64(products))
        json.member("variants", Int64(variants))
        json.member("blank_sku_rows", Int64(blankSKURows))
        json.member("duplicate_skus", Int64(duplicateSKUs))
        json.member("duplicate_rows", Int64(duplicateRows))
    }
}
