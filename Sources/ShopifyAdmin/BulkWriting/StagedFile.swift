import Catalog
import Pricing
import Reconciliation
import Runs
import Transport

/// Puts the inputs of a bulk operation where the store takes them from: asks for a place, then posts the form there.
///
/// Nothing is carried out by it, so it is repeated as often as it takes.
struct StagedFile: Sendable {
    let client: GraphQLClient
    let currency: Currency
    let lines: BulkLines
    /// Where the form lies meanwhile.
    let path: String

    /// Largest file of inputs (Shopify Admin API, "Import data in bulk").
    private static let mostBytes = 100_000_000
    private static let attempts = 3

    /// Uploads, and gives the path by which the operation names the file.
    func upload() async throws(StoreError) -> String {
        defer { LocalFile.remove(path) }
        var reason = ""
        for attempt in 1...Self.attempts {
            if attempt > 1 { try await pause(Backoff.wait(attempt: attempt, random: client.clock.random())) }
            let place = try await stage()
            let boundary = "synctec-\(SHA256Digest(of: place.key.utf8).hex.prefix(32))"
            try writeForm(place, boundary)
            let request = HTTPRequest(
                .post,
                url: place.link.url,
                headers: [HTTPHeader("Content-Type", "multipart/form-data; boundary=\(boundary)")],
                body: .file(path: path),
                limits: .download,
                reach: place.link.isLoopback ? .publicHTTPSOrLoopback : .publicHTTPS
            )
            switch await client.transport.exchange(request) {
            case .success(let response) where (200..<300).contains(response.status): return place.key
            case .success(let response): reason = "status \(response.status): \(ReplyText.quoted(response.body))"
            case .failure(.cancelled): throw .cancelled(shop: client.shop)
            case .failure(let error): reason = error.description
            }
        }
        throw .unavailable(shop: client.shop, operation: "the upload for a bulk operation", reason: reason)
    }

    private struct Place {
        let link: ResultLink
        let key: String
        let parameters: [(name: String, value: String)]
    }

    private func stage() async throws(StoreError) -> Place {
        let input: JSONValue = [
            "resource": "BULK_MUTATION_VARIABLES", "filename": "lines.jsonl", "mimeType": "text/jsonl",
            "httpMethod": "POST",
        ]
        let target = try await client.read(.stageUpload, ["input": .array([input])]) {
            data throws(AnswerFault) -> (url: String, parameters: [(name: String, value: String)]) in
            let payload = try data.member("stagedUploadsCreate")
            if let error = try UserError.list(in: payload).first { throw payload.fault("refuses: \(error.message)") }
            let targets = try payload.member("stagedTargets")
            guard let first = try targets.elements().first else { throw targets.fault("is empty") }
            var parameters: [(name: String, value: String)] = []
            for parameter in try first.member("parameters").elements() {
                parameters.append((try parameter.member("name").text(), try parameter.member("value").text()))
            }
            return (try first.member("url").text(), parameters)
        }
        guard let key = target.parameters.first(where: { $0.name == "key" })?.value,
            target.parameters.allSatisfy({ Self.isHarmless($0.name) && Self.isHarmless($0.value) })
        else { throw .incomplete(shop: client.shop, reason: "StageUpload: its parameters cannot be sent in a form") }
        do throws(ResultLink.Refusal) {
            let link = try ResultLink(target.url, allowsLoopback: client.endpoint.reach == .publicHTTPSOrLoopback)
            return Place(link: link, key: key, parameters: target.parameters)
        } catch {
            throw .incomplete(shop: client.shop, reason: "the place for an upload: \(error.reason)")
        }
    }

    /// Nothing that would end a header line or a part of the form.
    private static func isHarmless(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\"") }
    }

    /// The form (RFC 7578): the parameters in their order, the file last, as the store asks for it.
    private func writeForm(_ place: Place, _ boundary: String) throws(StoreError) {
        var file = try JSONLinesFile(path: path)
        for (name, value) in place.parameters {
            try file.write(
                raw: "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
            )
        }
        try file.write(
            raw: "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"lines.jsonl\"\r\n"
                + "Content-Type: text/jsonl\r\n\r\n"
        )
        let head = file.bytes
        try writeLines(to: &file)
        guard file.bytes - head <= Self.mostBytes else {
            throw .refused(
                shop: client.shop,
                operation: "the upload for a bulk operation",
                code: "UNSENDABLE",
                message: "\(file.bytes - head) bytes are more than one file may have; nothing was sent"
            )
        }
        try file.write(raw: "\r\n--\(boundary)--\r\n")
        try file.flush()
    }

    private func writeLines(to file: inout JSONLinesFile) throws(StoreError) {
        let writer = StoreWriter(client: client)
        switch lines {
        case .products(let lines):
            for line in lines {
                let input = try writer.prepared(.updateProduct) { () throws(UnsendableField) in
                    try FieldInput.product(line.product, line.values)
                }
                try file.write(["product": input])
            }
        case .variants(let lines):
            for line in lines {
                let inputs = try writer.prepared(.updateVariants) { () throws(UnsendableField) in
                    var inputs: [JSONValue] = []
                    for update in line.updates {
                        inputs.append(try FieldInput.variant(update.variant, update.values, currency: currency))
                    }
                    return JSONValue.array(inputs)
                }
                try file.write(["product": .string(ResourceID(.product, line.product).gid), "variants": inputs])
            }
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
