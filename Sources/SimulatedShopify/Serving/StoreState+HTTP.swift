import Foundation

extension StoreState {
    /// Answers any request that comes in on the store's port, dated by the store's own clock.
    func answer(_ call: IncomingCall) -> Answer {
        var answer = route(call)
        answer.headers.append(("Date", Timestamp.header(seconds)))
        return answer
    }

    private func route(_ call: IncomingCall) -> Answer {
        let parts = call.path.split(separator: "/").map(String.init)
        if parts.first == "__control" { return controlAnswer(call, Array(parts.dropFirst())) }
        if parts.count == 4, parts[0] == "admin", parts[1] == "api", parts[3] == "graphql.json" {
            guard call.method == "POST" else { return .json(["errors": "Not Found"], status: 404) }
            return GraphQLCall(self, call, version: parts[2]).answer()
        }
        if parts == ["admin", "api", "graphql.json"], call.method == "POST" {
            return GraphQLCall(self, call, version: "").answer()
        }
        if parts == ["admin", "oauth", "access_token"] { return faulty("token") { grantToken(call) } }
        if parts.count == 3, parts[0] == "bulk" { return faulty("download") { download(parts[1]) } }
        if parts.first == "staged" { return faulty("upload") { upload(call, path: parts.joined(separator: "/")) } }
        return .json(["errors": "Not Found"], status: 404)
    }

    private func faulty(_ name: String, _ answer: () -> Answer) -> Answer {
        counters.calls[name, default: 0] += 1
        let faults = faults.take(names: [name])
        if !faults.isEmpty { counters.faulted += 1 }
        return GraphQLCall.replacement(faults, self) ?? AnswerFaults.apply(faults, to: answer(), self)
    }

    private func download(_ key: String) -> Answer {
        guard let file = bulk.files[key] else { return Answer(status: 404, body: Array("NoSuchKey".utf8)) }
        return Answer(headers: [("Content-Type", "application/jsonl")], body: file)
    }

    private func upload(_ call: IncomingCall, path: String) -> Answer {
        if call.method == "PUT", bulk.uploads[path] != nil {
            bulk.uploads[path] = call.body
            return Answer(status: 200)
        }
        guard call.method == "POST", let type = call.headers["content-type"],
            let form = MultipartForm(call.body, contentType: type), form.parts.last?.name == "file",
            let key = form.parts.first(where: { $0.name == "key" }).map({ String(decoding: $0.content, as: UTF8.self) }
            ),
            bulk.uploads[key] != nil, let file = form.parts.last
        else { return Answer(status: 403, body: Array("SignatureDoesNotMatch".utf8)) }
        bulk.uploads[key] = Array(file.content)
        return Answer(status: 201)
    }

    /// The client-credentials grant: a token that lives for a while.
    private func grantToken(_ call: IncomingCall) -> Answer {
        let form = Self.form(String(decoding: call.body, as: UTF8.self))
        guard let credentials = configuration.clientCredentials, form["grant_type"] == "client_credentials",
            form["client_id"] == credentials.id, form["client_secret"] == credentials.secret
        else {
            return .json(
                ["error": "invalid_client", "error_description": "Client authentication failed"],
                status: 401
            )
        }
        let token = "shpat_" + signature()
        tokens[token] = seconds + Int64(credentials.lifetime)
        return .json([
            "access_token": .string(token), "scope": .string(configuration.scopes.joined(separator: ",")),
            "expires_in": .number(String(credentials.lifetime)),
        ])
    }

    private static func form(_ text: String) -> [String: String] {
        var values: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let pieces = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { $0.replacing("+", with: " ").removingPercentEncoding ?? "" }
            if pieces.count == 2 { values[pieces[0]] = pieces[1] }
        }
        return values
    }
}
