import Catalog
import Runs
import Snapshots
import Testing
import Transport

@testable import ShopifyAdmin

/// One bulk operation from its start, or from the ticket of an earlier run, to its file.
struct BulkExportTests {
    private let ticket = ExportTicket(
        operation: ResourceID(.bulkOperation, 7),
        startedAt: JumpingClock.start + .seconds(-600),
        query: BulkQuery.catalog.digest
    )

    @Test func `SN-6: an export that never ends is left alone and pages are read`() async throws {
        let test = try TestStore(
            ScriptedStore(["ExportStatus": [ScriptedStore.export("RUNNING", url: nil)]].merging(Pages.small) { $1 })
        )
        let export = try await test.export()
        #expect(export.proof.objects == 3)
        #expect(test.clock.elapsed > .seconds(3 * 3600))
        #expect(test.clock.elapsed < .seconds(4 * 3600))
    }

    @Test func `SN-6: other operations are waited for, never cancelled, then pages are read`() async throws {
        let busy = ScriptedStore.Reply.data(
            #"{"bulkOperationRunQuery":{"bulkOperation":null,"userErrors":[{"field":null,"message":"gid://shopify/BulkOperation/3","code":"OPERATION_IN_PROGRESS"}]}}"#
        )
        let test = try TestStore(ScriptedStore(["StartBulkQuery": [busy]].merging(Pages.small) { $1 }))
        #expect(try await test.export().proof.objects == 3)
        #expect(test.clock.elapsed > .seconds(15 * 60))
    }

    @Test(arguments: [403, 404, 410])
    func `SN-6: a dead link means one look for a new one`(status: Int) async throws {
        let test = try TestStore(ScriptedStore(files: [.status(status), .bytes(ScriptedStore.catalogue)]))
        _ = try await test.export()
        #expect(test.script.operations.filter { $0 == "StartBulkQuery" }.count == 1)
    }

    @Test func `SN-6: links that stay dead mean one new export, then incomplete`() async throws {
        let test = try TestStore(ScriptedStore(files: [.status(403)]))
        let error = await failure { () throws(StoreError) in try await test.export() }
        #expect(test.script.operations.filter { $0 == "StartBulkQuery" }.count == 2)
        guard case .incomplete = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `takes over the export of an earlier run`() async throws {
        let test = try TestStore(ScriptedStore(files: [.bytes(ScriptedStore.catalogue)]))
        _ = try await test.export(resuming: ticket)
        #expect(!test.script.operations.contains("StartBulkQuery"))
    }

    @Test(arguments: ["too old", "another query", "failed", "gone"])
    func `starts anew where the earlier export is no good`(why: String) async throws {
        var script: [String: [ScriptedStore.Reply]] = [:]
        var ticket = ticket
        switch why {
        case "too old":
            ticket = ExportTicket(
                operation: ticket.operation,
                startedAt: JumpingClock.start + .seconds(-3601),
                query: ticket.query
            )
        case "another query":
            ticket = ExportTicket(operation: ticket.operation, startedAt: ticket.startedAt, query: "other")
        case "failed":
            script["ExportStatus"] = [ScriptedStore.export("FAILED"), ScriptedStore.export("COMPLETED")]
        default:
            script["ExportStatus"] = [.data(#"{"bulkOperation":null}"#), ScriptedStore.export("COMPLETED")]
        }
        let test = try TestStore(ScriptedStore(script, files: [.bytes(ScriptedStore.catalogue)]))
        _ = try await test.export(resuming: ticket)
        #expect(test.script.operations.filter { $0 == "StartBulkQuery" }.count == 1)
    }

    /// The newest operations as the store lists them: one of another query, and one of the catalogue's.
    private static let recent: ScriptedStore.Reply = {
        let text = String(decoding: JSONValue.string(BulkQuery.catalog.text).bytes, as: UTF8.self)
        let nodes = [(12, "\"{ shop { id } }\""), (11, text)].map { number, query in
            #"{"id":"gid://shopify/BulkOperation/\#(number)","type":"QUERY","status":"RUNNING","createdAt":"2026-11-23T09:00:01Z","query":\#(query)}"#
        }
        return .data(#"{"bulkOperations":{"nodes":[\#(nodes.joined(separator: ","))]}}"#)
    }()

    @Test func `finds the export whose start was answered into the void`() async throws {
        let test = try TestStore(
            ScriptedStore(
                [
                    "StartBulkQuery": [.failure(.timedOut(host: "h", after: .seconds(60)))],
                    "RecentExports": [.data(#"{"bulkOperations":{"nodes":[]}}"#), Self.recent],
                ],
                files: [.bytes(ScriptedStore.catalogue)]
            )
        )
        _ = try await test.export()
        #expect(test.script.operations.filter { $0 == "StartBulkQuery" }.count == 1)
        let asked = test.script.calls.last { $0.operation == "ExportStatus" }
        #expect(asked?.variables["id"]?.text == "gid://shopify/BulkOperation/11")
    }

    @Test func `does not take a failed export of its own for the one that was started into the void`() async throws {
        let test = try TestStore(
            ScriptedStore(
                [
                    "StartBulkQuery": [
                        ScriptedStore.started(11), .failure(.timedOut(host: "h", after: .seconds(60))),
                        ScriptedStore.started(13),
                    ], "RecentExports": [Self.recent],
                    "ExportStatus": [ScriptedStore.export("FAILED"), ScriptedStore.export("COMPLETED")],
                ],
                files: [.bytes(ScriptedStore.catalogue)]
            )
        )
        _ = try await test.export()
        #expect(test.script.operations.filter { $0 == "StartBulkQuery" }.count == 3)
        let asked = test.script.calls.last { $0.operation == "ExportStatus" }
        #expect(asked?.variables["id"]?.text == "gid://shopify/BulkOperation/13")
    }

    @Test func `an export that cannot be started ends as incomplete`() async throws {
        let test = try TestStore(
            ScriptedStore([
                "StartBulkQuery": [.status(504)], "RecentExports": [.data(#"{"bulkOperations":{"nodes":[]}}"#)],
            ])
        )
        guard case .incomplete = await failure(of: { () throws(StoreError) in try await test.export() }) else {
            Issue.record("ended otherwise")
            return
        }
        #expect(test.script.operations.filter { $0 == "StartBulkQuery" }.count == 3)
    }

    @Test func `a right that is missing is named`() async throws {
        let test = try TestStore(
            ScriptedStore(["ExportStatus": [ScriptedStore.export("FAILED", error: "ACCESS_DENIED")]])
        )
        let error = await failure { () throws(StoreError) in try await test.export() }
        guard case .missingScope = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `pulls the collections to a file of their own`() async throws {
        let test = try TestStore(ScriptedStore(files: [.bytes(ScriptedStore.catalogue)]))
        let export = try await test.store.exportCollections(into: test.folder)
        #expect(export.path == test.folder + "/collections.jsonl")
        #expect(
            export.proof
                == SnapshotProof(bytes: ScriptedStore.catalogue.utf8.count, objects: 3, rootObjects: 1)
        )
        #expect(test.script.calls.contains { $0.variables["query"]?.text == BulkQuery.collections.text })
    }
}
