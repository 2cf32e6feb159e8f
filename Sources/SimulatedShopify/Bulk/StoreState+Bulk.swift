extension StoreState {
    /// The bulk operation, one poll further: without a pace of its own, being asked is what moves it on.
    func pollBulkOperation(_ number: Int64) -> BulkOperationRecord? {
        guard let record = bulk.records.first(where: { $0.number == number }) else { return nil }
        advance(record)
        return record
    }

    /// Moves an operation one step on.
    func advance(_ record: BulkOperationRecord) {
        guard !record.isFinished else { return }
        if record.status == "CANCELING" {
            finish(record, "CANCELED")
            offerResults(of: record)
            return
        }
        record.polls += 1
        let share = share(of: record)
        guard share >= 1 else {
            record.status = "RUNNING"
            if record.isMutation { _ = run(record, toLine: Int(share * Double(record.lines.count))) }
            return
        }
        if let fault = faults.take(bulk: record.isMutation ? "bulkMutation" : "bulkQuery") {
            complete(record, with: fault)
        } else {
            complete(record)
        }
    }

    /// How much of it is done: by the store's clock where it has a pace, else by how often it was asked for.
    private func share(of record: BulkOperationRecord) -> Double {
        guard let pace = configuration.bulkPace else {
            return Double(record.polls) / Double(max(configuration.bulkPolls, 1))
        }
        let passed = Double(milliseconds - record.startedAt) / 1000 - pace.secondsToStart
        let work = record.isMutation ? record.lines.count : products.count + variants.count
        let rate = record.isMutation ? pace.linesPerSecond : pace.objectsPerSecond
        return max(0, passed * rate) / Double(max(work, 1))
    }

    /// What the lines of a mutation that did not complete answered so far.
    private func offerResults(of record: BulkOperationRecord) {
        guard record.isMutation, !record.results.isEmpty else { return }
        record.partialDataUrl = keep(record.results)
    }

    private func finish(_ record: BulkOperationRecord, _ status: String, errorCode: String? = nil) {
        record.status = status
        record.errorCode = errorCode
        record.completedAt = seconds
    }

    /// Runs the inner document; nil where a scope is missing.
    private func output(of record: BulkOperationRecord) -> (bytes: [UInt8], objects: Int, roots: Int)? {
        if record.isMutation {
            guard run(record, toLine: record.lines.count) else { return nil }
            return (record.results, record.linesDone, record.linesDone)
        }
        guard
            let operation = try? PreparedOperation(
                text: record.document,
                operationName: nil,
                variables: .object([]),
                limitsCost: false
            )
        else { return nil }
        let execution = Execution(self, operation)
        guard
            var export = BulkExport(
                execution,
                window: configuration.bulkWindow,
                escapesMarkup: configuration.escapesMarkup
            )
        else { return nil }
        let bytes = export.run()
        return execution.errors.isEmpty ? (bytes, export.objectCount, export.rootObjectCount) : nil
    }

    private func complete(_ record: BulkOperationRecord) {
        guard let output = output(of: record) else {
            finish(record, "FAILED", errorCode: "ACCESS_DENIED")
            return
        }
        record.objectCount = output.objects
        record.rootObjectCount = output.roots
        finish(record, "COMPLETED")
        guard output.objects > 0 else { return }
        record.fileSize = output.bytes.count
        record.url = keep(output.bytes)
    }

    private func complete(_ record: BulkOperationRecord, with fault: FaultAction) {
        switch fault {
        case .bulkStuck: record.status = "RUNNING"
        case .bulkFailed(let code, let offersPartialFile) where record.isMutation:
            _ = run(record, toLine: record.lines.count * 6 / 10)
            finish(record, "FAILED", errorCode: code)
            if offersPartialFile { offerResults(of: record) }
        case .bulkCanceled where record.isMutation:
            finish(record, "CANCELED")
            offerResults(of: record)
        case .bulkFailed(let code, let offersPartialFile):
            let output = output(of: record)
            finish(record, "FAILED", errorCode: code)
            guard let output else { return }
            record.objectCount = output.objects * 6 / 10
            record.rootObjectCount = output.roots * 6 / 10
            if offersPartialFile { record.partialDataUrl = keep(Self.lines(output.bytes, first: record.objectCount)) }
        case .bulkCanceled: finish(record, "CANCELED")
        case .bulkCompletedWithoutURL:
            complete(record)
            record.url = nil
        case .bulkEmpty: finish(record, "COMPLETED")
        case .resultURL(let url):
            complete(record)
            record.url = url
        default: complete(record)
        }
    }

    /// The first lines of a text.
    static func lines(_ bytes: [UInt8], first count: Int) -> [UInt8] {
        var left = count
        guard left > 0 else { return [] }
        for (index, byte) in bytes.enumerated() where byte == 0x0A {
            left -= 1
            if left == 0 { return Array(bytes[...index]) }
        }
        return bytes
    }

    /// Keeps a result file and gives its link.
    ///
    /// Only the newest files are kept.
    private func keep(_ bytes: [UInt8]) -> String {
        let key = signature()
        bulk.keep(bytes, as: key)
        return "\(baseURL)/bulk/\(key)/result.jsonl?Expires=\(seconds + 604_800)&Signature=\(signature())"
    }
}
