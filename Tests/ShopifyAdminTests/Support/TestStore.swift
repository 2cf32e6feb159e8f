import Catalog
import Glibc
import Runs
import Settings
import Testing
import Transport

@testable import ShopifyAdmin

/// A store adapter over a script, a jumping clock, and a folder of its own.
final class TestStore: Sendable {
    let script: ScriptedStore
    let clock: JumpingClock
    let store: ShopifyStore
    let folder: String

    init(
        _ script: ScriptedStore,
        credential: StoreCredential = .token(Secret("shpat_hidden")),
        chance: Double = 0.5,
        insecure: Bool = false,
        change: (inout AdminLimits) -> Void = { _ in }
    ) throws {
        let shop = try #require(ShopDomain("lumen-home.myshopify.com"))
        var limits = AdminLimits()
        change(&limits)
        self.script = script
        clock = JumpingClock(chance: chance)
        store = ShopifyStore(
            address: StoreAddress(shop: shop, allowInsecureEndpoint: insecure),
            credential: credential,
            transport: script,
            clock: clock.clock,
            limits: limits
        )
        folder = try Self.makeFolder()
    }

    deinit {
        for name in files { unlink(folder + "/" + name) }
        rmdir(folder)
    }

    static func makeFolder() throws -> String {
        var template = Array("/tmp/synctec-admin-XXXXXX".utf8CString)
        _ = try #require(mkdtemp(&template))
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func export(resuming: ExportTicket? = nil) async throws(StoreError) -> CatalogExport {
        try await store.exportCatalog(into: folder, resuming: resuming, started: { _ in }, progress: { _ in })
    }

    /// The lines of a file.
    static func lines(of path: String) throws -> [String] {
        let stream = try #require(fopen(path, "r"))
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(stream), byte != EOF { bytes.append(UInt8(byte)) }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    var files: [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }
}

/// What a call threw; `nil` where it threw nothing.
func failure<Value>(of work: () async throws(StoreError) -> Value) async -> StoreError? {
    do throws(StoreError) {
        _ = try await work()
        return nil
    } catch {
        return error
    }
}
