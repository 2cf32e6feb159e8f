/// `stagedUploadsCreate`: a place on this same server to which a file can be posted or put.
struct StagedUploads {
    private let run: Execution
    private let field: PlannedField

    init(_ run: Execution, _ field: PlannedField) {
        self.run = run
        self.field = field
    }

    func payload() -> Resolved {
        let targets = (field.arguments["input"]?.elements ?? []).map { target($0) }
        return .object(
            .record(
                type: "StagedUploadsCreatePayload",
                values: ["stagedTargets": .objects(targets), "userErrors": .objects([])]
            )
        )
    }

    private func target(_ input: JSONValue) -> Source {
        let state = run.state
        let isPost = input["httpMethod"]?.text == "POST"
        let file = StoreState.handle(input["filename"]?.text ?? "file")
        let key =
            isPost ? "tmp/\(state.shopNumber)/bulk/\(state.signature())/\(file)" : "staged/\(state.signature())/\(file)"
        state.bulk.uploads[key] = .some(nil)
        var parameters: [Source?] = []
        if isPost {
            parameters = [
                ("key", key), ("Content-Type", input["mimeType"]?.text ?? "text/jsonl"),
                ("success_action_status", "201"), ("acl", "private"), ("policy", state.signature()),
                ("x-goog-signature", state.signature()),
            ].map { Self.parameter($0.0, $0.1) }
        } else {
            parameters = [
                Self.parameter("content_type", input["mimeType"]?.text ?? ""), Self.parameter("acl", "private"),
            ]
        }
        let url = isPost ? "\(state.baseURL)/staged" : "\(state.baseURL)/\(key)?Signature=\(state.signature())"
        return .record(
            type: "StagedMediaUploadTarget",
            values: [
                "url": .string(url), "resourceUrl": .string(isPost ? "\(url)/\(key)" : url),
                "parameters": .objects(parameters),
            ]
        )
    }

    private static func parameter(_ name: String, _ value: String) -> Source {
        .record(type: "StagedUploadParameter", values: ["name": .string(name), "value": .string(value)])
    }
}
