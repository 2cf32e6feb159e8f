import Catalog
import Runs

/// Runs one bulk query to its end: starts it or takes over an earlier one, waits, and fetches the file.
struct BulkExporter: Sendable {
    /// What a bulk query came to.
    enum Outcome: Sendable, Hashable {
        case file(BulkFile)
        /// COMPLETED, and no object counted.
        case empty
        /// Bulk cannot serve now; the list has to be read page by page.
        case unservable(reason: String)
    }

    let client: GraphQLClient
    let starter: BulkStarter
    let download: ResultDownload
    let progress: @Sendable (ExportProgress) -> Void

    /// Exports to `path`.
    ///
    /// A failed operation's partial file is never touched (FAULTS SN-1); a link that has run out means one look for a new
    /// one, then one new export (FAULTS SN-6).
    func export(to path: String, resuming ticket: ExportTicket?) async throws(StoreError) -> Outcome {
        var known: Set<ResourceID> = []
        var failures: [String] = []
        var hasReplacedDeadLink = false
        var next = try await resumable(ticket)
        let begin = client.clock.elapsed()
        while true {
            let operation: ResourceID
            if let taken = next {
                operation = taken
                next = nil
            } else {
                switch try await starter.start(known: known) {
                case .operation(let started): operation = started
                case .busy(let reason): return .unservable(reason: reason)
                }
            }
            known.insert(operation)
            guard let state = try await finished(operation) else {
                return .unservable(reason: "\(operation) is not done after \(client.limits.exportDeadline)")
            }
            switch state.stage {
            case .completed:
                if let outcome = try await fetch(state, of: operation, to: path) {
                    if ticket == nil {
                        await client.pace.learnExport(
                            objects: state.objects,
                            took: client.clock.elapsed() - begin
                        )
                    }
                    return outcome
                }
                guard !hasReplacedDeadLink else { throw incomplete("the result links are refused again and again") }
                hasReplacedDeadLink = true
            case .lost, .underWay:
                if state.errorCode == "ACCESS_DENIED" {
                    throw .missingScope(
                        shop: client.shop,
                        operation: starter.query.name,
                        reason: "\(operation) ended with ACCESS_DENIED"
                    )
                }
                failures.append("\(operation) ended \(state.status) \(state.errorCode)")
                guard failures.count <= client.limits.exportRestarts else {
                    return .unservable(reason: failures.joined(separator: ", "))
                }
                try await pause(Backoff.wait(attempt: failures.count + 3, random: client.clock.random()))
            }
        }
    }

    /// The operation of the ticket, where it is young, of the same query, and neither failed nor gone.
    private func resumable(_ ticket: ExportTicket?) async throws(StoreError) -> ResourceID? {
        guard let ticket, ticket.query == starter.query.digest,
            client.clock.now() - ticket.startedAt < client.limits.resumableFor,
            let state = try await state(of: ticket.operation)
        else { return nil }
        return state.stage == .lost || state.status == "CANCELING" ? nil : ticket.operation
    }

    /// Waits for the end, asking at growing intervals; `nil` past the deadline.
    ///
    /// Nothing is ever cancelled here.
    private func finished(_ operation: ResourceID) async throws(StoreError) -> ExportState? {
        let deadline = client.clock.elapsed() + client.limits.exportDeadline
        var interval: Duration = .seconds(1)
        while true {
            guard let state = try await state(of: operation) else { throw incomplete("\(operation) is gone") }
            progress(.running(objects: state.objects))
            if state.stage != .underWay { return state }
            guard client.clock.elapsed() < deadline else { return nil }
            try await pause(interval)
            interval = min(interval * 1.5, .seconds(30))
        }
    }

    /// Fetches the file of a completed operation; `nil` where its link has run out for good.
    private func fetch(
        _ state: ExportState,
        of operation: ResourceID,
        to path: String
    ) async throws(StoreError) -> Outcome? {
        if state.objects == 0 { return .empty }
        guard var url = state.url, let size = state.fileSize else {
            throw incomplete("\(operation) COMPLETED with \(state.objects) objects and no file")
        }
        var hasLookedAgain = false
        var attempt = 1
        while true {
            switch try await download.fetch(url, size: size, to: path) {
            case .complete:
                return .file(BulkFile(bytes: size, objects: state.objects, rootObjects: state.rootObjects))
            case .refusedLink:
                guard !hasLookedAgain, let again = try await self.state(of: operation)?.url else { return nil }
                hasLookedAgain = true
                url = again
            case .damaged(let reason):
                guard attempt < client.limits.downloadAttempts else {
                    throw incomplete("the file of \(operation) did not come whole, \(attempt) times over: \(reason)")
                }
                try await pause(Backoff.wait(attempt: attempt, random: client.clock.random()))
                attempt += 1
            }
        }
    }

    private func state(of operation: ResourceID) async throws(StoreError) -> ExportState? {
        try await client.read(.exportStatus, ["id": .string(operation.gid)]) { data throws(AnswerFault) in
            guard let field = try data.nullable("bulkOperation") else { return nil }
            return try ExportState(field)
        }
    }

    private func pause(_ wait: Duration) async throws(StoreError) {
        do {
            try await client.clock.sleep(wait)
        } catch {
            throw .cancelled(shop: client.shop)
        }
    }

    private func incomplete(_ reason: String) -> StoreError {
        .incomplete(shop: client.shop, reason: reason)
    }
}

/// A result file and the numbers it was announced with.
struct BulkFile: Sendable, Hashable {
    let bytes: Int
    let objects: Int
    let rootObjects: Int
}

extension BulkFile {
    /// Makes the empty file of an export that found nothing.
    init(emptyAt path: String) throws(StoreError) {
        LocalFile.remove(path)
        _ = try JSONLinesFile(path: path)
        self.init(bytes: 0, objects: 0, rootObjects: 0)
    }
}
