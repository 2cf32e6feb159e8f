import Catalog
import Runs
import Snapshots
import Synchronization
import Testing
import Transport

@testable import ShopifyAdmin

struct CatalogExportTests {
    @Test func `pulls a catalogue and hands over every number that proves it`() async throws {
        let test = try TestStore(
            ScriptedStore(
                ["ExportStatus": [ScriptedStore.export("RUNNING", url: nil), ScriptedStore.export("COMPLETED")]],
                files: [.bytes(ScriptedStore.catalogue)]
            )
        )
        let export = try await test.export()
        #expect(try TestStore.lines(of: export.path).count == 3)
        #expect(
            export.proof
                == SnapshotProof(
                    bytes: ScriptedStore.catalogue.utf8.count,
                    objects: 3,
                    rootObjects: 1,
                    products: 1,
                    variants: 1
                )
        )
    }

    @Test func `HI-1: the download carries no token`() async throws {
        let test = try TestStore(ScriptedStore(files: [.bytes(ScriptedStore.catalogue)]))
        _ = try await test.export()
        #expect(test.script.downloads.allSatisfy { $0.headers.isEmpty && $0.reach == .publicHTTPS })
        #expect(test.script.downloads.count == 1)
    }

    @Test func `tells of a new export before it is waited for`() async throws {
        let test = try TestStore(ScriptedStore(files: [.bytes(ScriptedStore.catalogue)]))
        let seen = Seen()
        let script = test.script
        _ = try await test.store.exportCatalog(
            into: test.folder,
            resuming: nil,
            started: { ticket in await seen.keep(ticket, after: script.operations) },
            progress: { _ in }
        )
        #expect(await seen.ticket?.operation == ResourceID(.bulkOperation, 11))
        #expect(await seen.operations == ["CatalogCounts", "StartBulkQuery"])
    }

    @Test func `tells how far it is`() async throws {
        let test = try TestStore(
            ScriptedStore(
                ["ExportStatus": [ScriptedStore.export("RUNNING", url: nil), ScriptedStore.export("COMPLETED")]],
                files: [.bytes(ScriptedStore.catalogue)]
            )
        )
        let told = Mutex<[ExportProgress]>([])
        _ = try await test.store.exportCatalog(
            into: test.folder,
            resuming: nil,
            started: { _ in },
            progress: { step in told.withLock { $0.append(step) } }
        )
        let size = ScriptedStore.catalogue.utf8.count
        #expect(
            told.withLock(\.self) == [.running(objects: 3), .running(objects: 3), .downloading(bytes: size, of: size)]
        )
    }

    @Test func `an export that cannot be noted down is not awaited`() async throws {
        let test = try TestStore(ScriptedStore(files: [.bytes(ScriptedStore.catalogue)]))
        let error = await failure { () throws(StoreError) in
            try await test.store.exportCatalog(
                into: test.folder,
                resuming: nil,
                started: { _ in throw JSONFault(offset: 0, reason: "the ledger is gone") },
                progress: { _ in }
            )
        }
        #expect("\(String(describing: error))".contains("the ledger is gone"))
        #expect(!test.script.operations.contains("ExportStatus"))
    }

    @Test func `SN-1: a failed export is started twice more, then its pages are read, and its partial file never`()
        async throws
    {
        let failed = ScriptedStore.export("FAILED", error: "TIMEOUT")
        let test = try TestStore(ScriptedStore(["ExportStatus": [failed]].merging(Pages.small) { $1 }))
        let export = try await test.export()
        #expect(test.script.operations.filter { $0 == "StartBulkQuery" }.count == 3)
        #expect(test.script.downloads.isEmpty)
        #expect(export.proof.rootObjects == 1)
        #expect(export.proof.objects == 3)
    }

    @Test func `SN-2: COMPLETED without a file is incomplete`() async throws {
        let test = try TestStore(
            ScriptedStore(["ExportStatus": [ScriptedStore.export("COMPLETED", objects: 4000, url: nil)]])
        )
        let error = await failure { () throws(StoreError) in try await test.export() }
        #expect("\(String(describing: error))".contains("COMPLETED with 4000 objects and no file"))
        #expect(test.files.isEmpty)
    }

    @Test(arguments: [0, 4000])
    func `SN-2: an empty export is believed only where the count is zero as well`(count: Int) async throws {
        let empty = ScriptedStore.export("COMPLETED", objects: 0, roots: 0, size: nil, url: nil)
        let test = try TestStore(
            ScriptedStore([
                "ExportStatus": [empty], "CatalogCounts": [ScriptedStore.counts(products: count, variants: count)],
            ])
        )
        if count == 0 {
            let export = try await test.export()
            #expect(export.proof.objects == 0)
            #expect(try TestStore.lines(of: export.path).isEmpty)
        } else {
            let error = await failure { () throws(StoreError) in try await test.export() }
            guard case .incomplete = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(test.files.isEmpty)
        }
    }

    @Test func `SN-3: no cut of the file is ever accepted`() async throws {
        let whole = ScriptedStore.catalogue
        for length in 0..<whole.utf8.count {
            let cut = String(decoding: Array(whole.utf8).prefix(length), as: UTF8.self)
            let test = try TestStore(ScriptedStore(files: [.bytes(cut)]))
            let error = await failure { () throws(StoreError) in try await test.export() }
            guard case .incomplete = error else {
                Issue.record("cut at \(length): \(String(describing: error))")
                return
            }
            #expect(test.script.downloads.count == 3)
            #expect(test.files.isEmpty)
        }
    }

    @Test func `SN-3: a download that was cut is fetched again`() async throws {
        let test = try TestStore(
            ScriptedStore(files: [
                .bytes("{"), .failure(.interrupted(host: "storage.googleapis.com", reason: "reset")),
                .bytes(ScriptedStore.catalogue),
            ])
        )
        _ = try await test.export()
        #expect(test.script.downloads.count == 3)
    }

    @Test func `SN-3: a file whose products are not the counted ones is pulled once more, then incomplete`()
        async throws
    {
        let test = try TestStore(
            ScriptedStore(
                ["CatalogCounts": [ScriptedStore.counts(products: 2, variants: 1)]],
                files: [.bytes(ScriptedStore.catalogue)]
            )
        )
        let error = await failure { () throws(StoreError) in try await test.export() }
        #expect("\(String(describing: error))".contains("1 products were read, the store counts 2"))
        #expect(test.script.operations.filter { $0 == "StartBulkQuery" }.count == 2)
    }

    @Test func `SN-3: a catalogue edited while it was read is pulled once more`() async throws {
        let test = try TestStore(
            ScriptedStore(
                [
                    "CatalogCounts": [
                        ScriptedStore.counts(products: 2, variants: 1), ScriptedStore.counts(products: 1, variants: 1),
                    ]
                ],
                files: [.bytes(ScriptedStore.catalogue)]
            )
        )
        _ = try await test.export()
        #expect(test.script.operations.filter { $0 == "StartBulkQuery" }.count == 2)
    }

    @Test func `counts that stop at 25,001 prove nothing but the least`() async throws {
        let test = try TestStore(
            ScriptedStore(
                [
                    "CatalogCounts": [ScriptedStore.counts(products: 25_001, variants: 25_001)],
                    "ExportStatus": [ScriptedStore.export("COMPLETED", objects: 90_000, roots: 30_000)],
                ],
                files: [.bytes(ScriptedStore.catalogue)]
            )
        )
        let proof = try await test.export().proof
        #expect(proof.products == nil)
        #expect(proof.variants == nil)
    }
}

/// Keeps what was told.
private actor Seen {
    private(set) var ticket: ExportTicket?
    private(set) var operations: [String] = []

    func keep(_ ticket: ExportTicket, after operations: [String]) {
        self.ticket = ticket
        self.operations = operations
    }
}
