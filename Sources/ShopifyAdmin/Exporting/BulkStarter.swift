import Catalog
import Runs

/// Starts a bulk query, once: where the answer is lost, it looks for what it may have started.
struct BulkStarter: Sendable {
    /// How a start ended.
    enum Outcome: Sendable, Hashable {
        case operation(ResourceID)
        /// Other operations keep the store busy past the deadline; they are never cancelled (FAULTS SN-6).
        case busy(reason: String)
    }

    let client: GraphQLClient
    let query: BulkQuery
    let started: @Sendable (ExportTicket) async throws -> Void

    /// Starts the query.
    ///
    /// `known` are this run's operations so far, which are not taken for the new one.
    func start(known: Set<ResourceID>) async throws(StoreError) -> Outcome {
        let deadline = client.clock.elapsed() + client.limits.busyDeadline
        var wait: Duration = .seconds(5)
        var lostAnswers = 0
        while true {
            let since = await client.health.storeClock ?? client.clock.now() + .seconds(-300)
            switch try await send() {
            case .started(let ticket):
                return .operation(try await tell(ticket))
            case .answerLost(let error):
                if let ticket = try await find(since: since, known: known) { return .operation(try await tell(ticket)) }
                lostAnswers += 1
                guard lostAnswers < 3 else {
                    throw .unavailable(shop: client.shop, operation: query.name, reason: error.description)
                }
            case .busy(let reason):
                guard client.clock.elapsed() < deadline else { return .busy(reason: reason) }
                try await pause(wait)
                wait = min(wait * 2, .seconds(60))
            }
        }
    }

    private enum Sending {
        case started(ExportTicket)
        case answerLost(StoreError)
        case busy(reason: String)
    }

    private func send() async throws(StoreError) -> Sending {
        let answer: AdminAnswer
        do throws(StoreError) {
            answer = try await client.perform(.startBulkQuery, ["query": .string(query.text)])
        } catch {
            guard case .unknownOutcome = error else { throw error }
            return .answerLost(error)
        }
        let errors: [UserError]
        let begun: ExportTicket?
        do throws(AnswerFault) {
            let payload = try answer.data.member("bulkOperationRunQuery")
            errors = try UserError.list(in: payload)
            begun = errors.isEmpty ? try ticket(try payload.member("bulkOperation")) : nil
        } catch {
            return .answerLost(.incomplete(shop: client.shop, reason: "StartBulkQuery: \(error)"))
        }
        if let begun { return .started(begun) }
        if let busy = errors.first(where: { ["OPERATION_IN_PROGRESS", "LIMIT_REACHED"].contains($0.code) }) {
            return .busy(reason: "other bulk operations are running: \(busy.message)")
        }
        throw .refused(
            shop: client.shop,
            operation: query.name,
            code: errors.first?.code ?? "",
            message: errors.first?.message ?? ""
        )
    }

    /// Looks through the newest operations for one of the same text made since; the list may lag, so more than once.
    private func find(since: Timestamp, known: Set<ResourceID>) async throws(StoreError) -> ExportTicket? {
        for wait: Duration in [.seconds(1), .seconds(4), .seconds(10)] {
            try await pause(wait)
            let found = try await client.read(.recentExports) { data throws(AnswerFault) -> ExportTicket? in
                for node in try data.member("bulkOperations").member("nodes").elements() {
                    guard try node.member("type").text() == "QUERY", query.isText(try node.member("query").text())
                    else { continue }
                    let ticket = try ticket(node)
                    if ticket.startedAt >= since && !known.contains(ticket.operation) { return ticket }
                }
                return nil
            }
            if let found { return found }
        }
        return nil
    }

    private func ticket(_ operation: AnswerField) throws(AnswerFault) -> ExportTicket {
        ExportTicket(
            operation: try operation.member("id").id(.bulkOperation),
            startedAt: try operation.member("createdAt").timestamp(),
            query: query.digest
        )
    }

    private func tell(_ ticket: ExportTicket) async throws(StoreError) -> ResourceID {
        do {
            try await started(ticket)
            return ticket.operation
        } catch let error as StoreError {
            throw error
        } catch is CancellationError {
            throw .cancelled(shop: client.shop)
        } catch {
            throw .unavailable(
                shop: client.shop,
                operation: query.name,
                reason: "the export could not be noted down: \(error)"
            )
        }
    }

    private func pause(_ wait: Duration) async throws(StoreError) {
        do {
            try await client.clock.sleep(wait)
        } catch {
            throw .cancelled(shop: client.shop)
        }
    }
}
