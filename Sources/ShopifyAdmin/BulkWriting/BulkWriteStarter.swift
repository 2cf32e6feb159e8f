import Catalog
import Runs

/// Starts a bulk mutation; where the answer is lost, the store is asked whether it was started, before anything else happens.
struct BulkWriteStarter: Sendable {
    let client: GraphQLClient
    let mutation: BulkMutationText

    /// How often a start without answer and without trace is repeated.
    private static let mostRepetitions = 1

    /// Starts it over an uploaded file.
    ///
    /// - Throws: ``StoreError/unavailable(shop:operation:reason:)`` where other operations keep the store busy, and where a start
    ///   leaves no trace again and again: then it runs nowhere.
    func start(_ file: String) async throws(StoreError) -> ResourceID {
        let deadline = client.clock.elapsed() + client.limits.busyDeadline
        var wait: Duration = .seconds(5)
        var repetitions = 0
        while true {
            switch try await send(file) {
            case .started(let operation): return operation
            case .answerLost(let error):
                if let operation = try await find() { return operation }
                guard repetitions < Self.mostRepetitions else {
                    throw .unavailable(shop: client.shop, operation: "a bulk operation", reason: error.description)
                }
                repetitions += 1
            case .busy(let reason):
                guard client.clock.elapsed() < deadline else {
                    throw .unavailable(shop: client.shop, operation: "a bulk operation", reason: reason)
                }
                try await pause(wait)
                wait = min(wait * 2, .seconds(60))
            }
        }
    }

    private enum Sending {
        case started(ResourceID)
        case answerLost(StoreError)
        case busy(reason: String)
    }

    private func send(_ file: String) async throws(StoreError) -> Sending {
        let answer: AdminAnswer
        do throws(StoreError) {
            answer = try await client.perform(
                .startBulkWrite,
                ["mutation": .string(mutation.text), "path": .string(file)]
            )
        } catch {
            guard case .unknownOutcome = error else { throw error }
            return .answerLost(error)
        }
        let errors: [UserError]
        do throws(AnswerFault) {
            let payload = try answer.data.member("bulkOperationRunMutation")
            errors = try UserError.list(in: payload)
            if errors.isEmpty {
                return .started(try payload.member("bulkOperation").member("id").id(.bulkOperation))
            }
        } catch {
            return .answerLost(.incomplete(shop: client.shop, reason: "StartBulkWrite: \(error)"))
        }
        if let busy = errors.first(where: { ["OPERATION_IN_PROGRESS", "LIMIT_REACHED"].contains($0.code) }) {
            return .busy(reason: "other bulk operations are running: \(busy.message)")
        }
        throw .refused(
            shop: client.shop,
            operation: "StartBulkWrite",
            code: errors.first?.code ?? "",
            message: errors.first?.message ?? ""
        )
    }

    /// Looks for an operation with this very text; the list may lag, so more than once.
    private func find() async throws(StoreError) -> ResourceID? {
        for wait: Duration in [.seconds(1), .seconds(4), .seconds(10)] {
            try await pause(wait)
            let found = try await RecentBulkWrites(client: client).read().first { $0.text == mutation.text }
            if let found { return found.operation }
        }
        return nil
    }

    private func pause(_ wait: Duration) async throws(StoreError) {
        do {
            try await client.clock.sleep(wait)
        } catch {
            throw .cancelled(shop: client.shop)
        }
    }
}

/// The newest bulk mutations of the app at a store.
struct RecentBulkWrites: Sendable {
    struct Entry: Sendable, Hashable {
        let operation: ResourceID
        let status: String
        let text: String
    }

    let client: GraphQLClient

    func read() async throws(StoreError) -> [Entry] {
        try await client.read(.recentExports) { data throws(AnswerFault) in
            var entries: [Entry] = []
            for node in try data.member("bulkOperations").member("nodes").elements()
            where try node.member("type").text() == "MUTATION" {
                entries.append(
                    Entry(
                        operation: try node.member("id").id(.bulkOperation),
                        status: try node.member("status").text(),
                        text: try node.member("query").text()
                    )
                )
            }
            return entries
        }
    }
}
