import Catalog
import Pricing
import Reconciliation
import Runs

/// The bulk way of writing to a store: the adapter of the port `BulkWriting`.
///
/// Read `write` first: upload (`StagedFile`), start (`BulkWriteStarter`), watch (`BulkWriteWatch`), answers (`BulkResults`).
struct BulkWriteStore: BulkWriting {
    let client: GraphQLClient
    let currency: @Sendable () async throws(StoreError) -> Currency

    func pace() async -> StorePace {
        let standing = await client.bucket.standing
        let memory = client.pace
        return StorePace(
            available: standing?.available ?? 1000,
            restoreRate: standing?.restoreRate ?? 50,
            callsInFlight: client.limits.requestsInFlight,
            secondsPerCall: await memory.secondsPerCall,
            pointsPerVariant: await memory.cost(ofOneOf: .variantPrices),
            pointsPerProduct: await memory.cost(ofOneOf: .productStates),
            pointsPerVariantsCall: await memory.cost(ofOneOf: .updateVariants),
            pointsPerProductCall: await memory.cost(ofOneOf: .updateProduct),
            exportedPerSecond: await memory.exportedPerSecond,
            linesPerSecond: await memory.linesPerSecond,
            bulkInFlight: client.limits.bulkWritesInFlight,
            secondsPerBulk: 20,
            pointsPerBulk: 40
        )
    }

    func survey(
        variants: Set<Int64>,
        products: Set<Int64>,
        fields: FieldSet,
        in folder: String
    ) async throws(StoreError) -> BulkSurvey {
        let currency = try await currency()
        async let ofVariants = found(variants, by: .variants, .variant, in: folder) { node throws(AnswerFault) in
            LiveVariant(try VariantRecord(node: node, currency: currency), fields: fields)
        }
        async let ofProducts = found(products, by: .products, .product, in: folder) { node throws(AnswerFault) in
            try ProductRecord(node: node)
        }
        return BulkSurvey(variants: try await ofVariants.get(), products: try await ofProducts.get())
    }

    func write(
        _ lines: BulkLines,
        name: BulkName,
        in folder: String,
        isStopping: @escaping @Sendable () -> Bool
    ) async throws(StoreError) -> BulkAnswer {
        let currency = try await currency()
        let mutation = BulkMutationText(lines, name: name)
        let path = "\(folder)/bulk-\(SHA256Digest(of: name.key.utf8).hex.prefix(16))"
        let staged = StagedFile(client: client, currency: currency, lines: lines, path: path + ".form")
        let file = try await staged.upload()
        let begin = client.clock.elapsed()
        let operation = try await BulkWriteStarter(client: client, mutation: mutation).start(file)
        var answer = BulkAnswer()
        do throws(StoreError) {
            let watch = BulkWriteWatch(client: client, operation: operation)
            let state = try await watch.end(isStopping: isStopping)
            if state.status == "COMPLETED" {
                await client.pace.learnWrite(lines: lines.count, took: client.clock.elapsed() - begin)
            } else {
                answer.shortfall = "bulk operation \(operation) ended \(state.status) \(state.errorCode)"
            }
            let results = BulkResults(payload: mutation.payload, lines: lines.count, currency: currency)
            try await fetch(state, watch, to: path + ".jsonl", results, into: &answer)
        } catch {
            // It runs or ran: whatever failed since, its lines may have been carried out.
            answer.shortfall = "bulk operation \(operation): \(error)"
        }
        return answer
    }

    func endWrites(of team: TeamID) async throws(StoreError) {
        let prefix = "mutation \(BulkMutationText.prefix(of: team))"
        for entry in try await RecentBulkWrites(client: client).read()
        where entry.text.hasPrefix(prefix) && ["CREATED", "RUNNING", "CANCELING"].contains(entry.status) {
            let state = try await BulkWriteWatch(client: client, operation: entry.operation)
                .cancelled(within: client.limits.busyDeadline)
            guard state.hasEnded else {
                throw .unavailable(
                    shop: client.shop,
                    operation: "bulk operation \(entry.operation) of an earlier run",
                    reason: "it is cancelled and doesn't end"
                )
            }
        }
    }

    /// Fetches the answers; a link that is refused is asked for once more.
    private func fetch(
        _ state: BulkWriteWatch.State,
        _ watch: BulkWriteWatch,
        to path: String,
        _ results: BulkResults,
        into answer: inout BulkAnswer
    ) async throws(StoreError) {
        defer { LocalFile.remove(path) }
        let download = ResultDownload(endpoint: client.endpoint, transport: client.transport, progress: { _ in })
        let isWhole = state.status == "COMPLETED"
        var url = isWhole ? state.url : state.partialURL ?? state.url
        var hasLookedAgain = false
        var attempt = 1
        while let link = url {
            switch try await download.fetch(link, size: isWhole ? state.fileSize : nil, to: path) {
            case .complete:
                try results.read(path, into: &answer)
                return
            case .refusedLink(let status):
                guard !hasLookedAgain else {
                    answer.shortfall = "the link to its answers is refused (\(status))"
                    return
                }
                hasLookedAgain = true
                let again = try await watch.state()
                url = isWhole ? again.url : again.partialURL ?? again.url
            case .damaged(let reason):
                guard attempt < client.limits.downloadAttempts else {
                    answer.shortfall = "its answers did not come whole: \(reason)"
                    return
                }
                attempt += 1
            }
        }
        if answer.shortfall.isEmpty { answer.shortfall = "bulk operation \(watch.operation) gave no answers" }
    }

    /// Exports all objects of a kind and keeps those asked for.
    private func found<Record: Sendable>(
        _ numbers: Set<Int64>,
        by query: BulkQuery,
        _ kind: ResourceID.Kind,
        in folder: String,
        reading: @Sendable (AnswerField) throws(AnswerFault) -> Record
    ) async -> Result<[Int64: Record], StoreError> {
        do throws(StoreError) {
            guard !numbers.isEmpty else { return .success([:]) }
            let exporter = BulkExporter(
                client: client,
                starter: BulkStarter(client: client, query: query, started: { _ in }),
                download: ResultDownload(endpoint: client.endpoint, transport: client.transport, progress: { _ in }),
                progress: { _ in }
            )
            let path = "\(folder)/now-\(query.fileName)"
            defer { LocalFile.remove(path) }
            let file: BulkFile
            switch try await exporter.export(to: path, resuming: nil) {
            case .file(let pulled): file = pulled
            case .empty: return .success([:])
            case .unservable(let reason):
                throw .unavailable(shop: client.shop, operation: query.name, reason: reason)
            }
            var found: [Int64: Record] = [:]
            var lines = 0
            var reader = try JSONLinesReader(path: path)
            do throws(AnswerFault) {
                while let line = try nextLine(&reader) {
                    lines += 1
                    if let number = GIDScan.number(of: kind, in: line), !numbers.contains(number) { continue }
                    guard let value = try? JSONValue(reading: line) else {
                        throw AnswerFault(path: query.name, reason: "has a line that is no JSON")
                    }
                    let node = AnswerField(value: value, path: "")
                    let number = try node.member("id").id(kind).number
                    if numbers.contains(number) { found[number] = try reading(node) }
                }
            } catch {
                throw .incomplete(shop: client.shop, reason: "\(query.name): \(error)")
            }
            guard lines == file.objects else {
                throw .incomplete(
                    shop: client.shop,
                    reason: "\(query.name): \(lines) lines came of \(file.objects) objects"
                )
            }
            return .success(found)
        } catch {
            return .failure(error)
        }
    }

    private func nextLine(_ reader: inout JSONLinesReader) throws(AnswerFault) -> [UInt8]? {
        do throws(StoreError) {
            return try reader.next()
        } catch {
            throw AnswerFault(path: "the file", reason: error.description)
        }
    }
}

/// Finds the number of a line's own id without reading the whole line: it is the first id in it.
enum GIDScan {
    static func number(of kind: ResourceID.Kind, in line: [UInt8]) -> Int64? {
        let name = Array("\(kind.rawValue)".utf8)
        guard let start = line.firstRange(of: name)?.upperBound else { return nil }
        var index = start
        while index < line.count, line[index] == UInt8(ascii: "\\") || line[index] == UInt8(ascii: "/") { index += 1 }
        var number: Int64 = 0
        let first = index
        while index < line.count, line[index] >= 0x30, line[index] <= 0x39, index - first < 18 {
            number = number * 10 + Int64(line[index] - 0x30)
            index += 1
        }
        guard index > first, index < line.count, line[index] == UInt8(ascii: "\"") else { return nil }
        return number
    }
}
