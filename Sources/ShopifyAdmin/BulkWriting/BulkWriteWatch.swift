import Catalog
import Runs

/// Watches a bulk mutation to its end, and calls it off where that is asked for.
struct BulkWriteWatch: Sendable {
    /// How an operation stands.
    struct State: Sendable, Hashable {
        let status: String
        let errorCode: String
        let objects: Int
        let fileSize: Int?
        let url: String?
        let partialURL: String?

        var hasEnded: Bool { ["COMPLETED", "FAILED", "CANCELED", "EXPIRED"].contains(status) }
    }

    let client: GraphQLClient
    let operation: ResourceID

    /// How long the end of a cancelled operation is waited for: the run has to report within 30 s of a stop (FAULTS AP-3).
    private static let cancelling: Duration = .seconds(15)

    /// The last state: ended, or where it was called off in vain, still under way.
    func end(isStopping: @Sendable () -> Bool) async throws(StoreError) -> State {
        let deadline = client.clock.elapsed() + client.limits.exportDeadline
        var interval: Duration = .seconds(1)
        while true {
            let state = try await state()
            if state.hasEnded { return state }
            if isStopping() || client.clock.elapsed() >= deadline {
                return try await cancelled(within: Self.cancelling)
            }
            // A stop must not wait for a long interval to pass.
            var left = interval
            while left > .zero, !isStopping() {
                let step = min(left, .seconds(2))
                try await pause(step)
                left -= step
            }
            interval = min(interval * 1.5, .seconds(30))
        }
    }

    /// Cancels it and waits for its end.
    func cancelled(within limit: Duration) async throws(StoreError) -> State {
        // One that has ended meanwhile refuses, which is just as well: its state tells.
        _ = try await client.perform(.cancelBulkWrite, ["id": .string(operation.gid)])
        let deadline = client.clock.elapsed() + limit
        while true {
            let state = try await state()
            guard !state.hasEnded, client.clock.elapsed() < deadline else { return state }
            try await pause(.seconds(1))
        }
    }

    /// Asks once.
    func state() async throws(StoreError) -> State {
        try await client.read(.importStatus, ["id": .string(operation.gid)]) { data throws(AnswerFault) in
            let field = try data.member("bulkOperation")
            return State(
                status: try field.member("status").text(),
                errorCode: try field.nullable("errorCode")?.text() ?? "",
                objects: Int(clamping: try field.member("objectCount").integer()),
                fileSize: try field.nullable("fileSize").map { size throws(AnswerFault) in
                    Int(clamping: try size.integer())
                },
                url: try field.nullable("url")?.text(),
                partialURL: try field.nullable("partialDataUrl")?.text()
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
