public import Catalog
import FoundationEssentials
import Pricing
public import Runs

extension DatabaseLedger {
    /// See ``Runs/Ledger``.
    public func baseline(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> Baseline? {
        try await read(team) { connection, key throws(DatabaseError) in
            let head = try connection.first(.selectBaseline, [.uuid(key), .text(destination.text)]) {
                row throws(DatabaseError) in try row.baseline()
            }
            guard let head else { return nil }
            return Baseline(
                team: team,
                destination: destination,
                run: head.run,
                at: head.at,
                rules: head.rules,
                sourceRows: try connection.blob(head.sourceBlob, of: key),
                links: try connection.blob(head.linksBlob, of: key),
                rate: head.rate,
                sourceSKUs: head.sourceSKUs,
                destinationSKUs: head.destinationSKUs
            )
        }
    }

    /// See ``Runs/Ledger``.
    ///
    /// What no baseline of the team needs any more is deleted with it.
    public func save(_ baseline: Baseline, lock: RunLock) async throws(LedgerError) {
        let rate: SQLValue
        do {
            rate =
                try baseline.rate.map { .json(String(decoding: try JSONEncoder().encode($0), as: UTF8.self)) } ?? .null
        } catch {
            throw .inconsistent("the rate \(baseline.rate.map(\.description) ?? "") cannot be stored: \(error)")
        }
        try await write(baseline.team, lock: lock) { connection, key throws(DatabaseError) in
            try connection.execute(.lockTeam, [.uuid(key)])
            let sourceBlob = baseline.run.uuid
            let linksBlob = UUID()
            let isShared = try connection.first(.blobExists, [.uuid(key), .uuid(sourceBlob)]) {
                row throws(DatabaseError) in
                try row.boolean("found")
            }
            if isShared != true { try connection.insert(blob: baseline.sourceRows, as: sourceBlob, of: key) }
            try connection.insert(blob: baseline.links, as: linksBlob, of: key)
            try connection.execute(
                .saveBaseline,
                [
                    .uuid(key), .text(baseline.destination.text), .uuid(baseline.run.uuid), .timestamp(baseline.at),
                    .text(baseline.rules), .uuid(sourceBlob), .uuid(linksBlob), rate, .integer(baseline.sourceSKUs),
                    .integer(baseline.destinationSKUs),
                ]
            )
            try connection.execute(.deleteUnusedBlobs, [.uuid(key)])
        }
    }
}

/// A baseline without its large values.
private struct BaselineHead {
    let run: RunID
    let at: Timestamp
    let rules: String
    let sourceBlob: UUID
    let linksBlob: UUID
    let rate: ExchangeRate?
    let sourceSKUs: Int
    let destinationSKUs: Int
}

extension Row {
    fileprivate func baseline() throws(DatabaseError) -> BaselineHead {
        var rate: ExchangeRate?
        if let text = try optionalText("rate") {
            rate = try made(try? JSONDecoder().decode(ExchangeRate.self, from: Data(text.utf8)), "rate")
        }
        return BaselineHead(
            run: try runID("run_id"),
            at: try timestamp("at"),
            rules: try text("rules"),
            sourceBlob: try uuid("source_blob"),
            linksBlob: try uuid("links_blob"),
            rate: rate,
            sourceSKUs: try count("source_skus"),
            destinationSKUs: try count("destination_skus")
        )
    }
}

/// The size of a part: far below the gigabyte that a value and a message may have, and small enough to hold twice.
private let partBytes = 8 * 1024 * 1024

extension PostgresConnection {
    /// Stores a large value in parts; an empty one has one empty part.
    fileprivate func insert(blob: [UInt8], as id: UUID, of key: UUID) throws(DatabaseError) {
        var part = 0
        var start = 0
        repeat {
            let end = min(start + partBytes, blob.count)
            try execute(.insertBlobPart, [.uuid(key), .uuid(id), .integer(part), .bytes(Array(blob[start..<end]))])
            part += 1
            start = end
        } while start < blob.count
    }

    fileprivate func blob(_ id: UUID, of key: UUID) throws(DatabaseError) -> [UInt8] {
        var bytes: [UInt8] = []
        var part = 0
        while let next = try first(
            .selectBlobPart,
            [.uuid(key), .uuid(id), .integer(part)],
            { row throws(DatabaseError) in try row.bytes("bytes") }
        ) {
            bytes.append(contentsOf: next)
            part += 1
        }
        guard part > 0 else { throw .unreadable(statement: "SelectBlobPart", detail: "the parts of \(id) are gone") }
        return bytes
    }
}

extension SQLStatement {
    fileprivate static let selectBaseline = SQLStatement("SelectBaseline", PackageResources.SelectBaseline_sql)
    fileprivate static let saveBaseline = SQLStatement("SaveBaseline", PackageResources.SaveBaseline_sql)
    fileprivate static let blobExists = SQLStatement("BlobExists", PackageResources.BlobExists_sql)
    fileprivate static let insertBlobPart = SQLStatement("InsertBlobPart", PackageResources.InsertBlobPart_sql)
    fileprivate static let selectBlobPart = SQLStatement("SelectBlobPart", PackageResources.SelectBlobPart_sql)
    fileprivate static let deleteUnusedBlobs = SQLStatement("DeleteUnusedBlobs", PackageResources.DeleteUnusedBlobs_sql)
}
