extension FaultRule {
    /// Reads a rule as the control interface takes it: `match`, `after`, `times` (null for all), `action` and what the
    /// action needs beside it.
    init(json: JSONValue) throws(SimulatorError) {
        guard let name = json["action"]?.text else { throw .badControl("a fault needs an action") }
        let action = try FaultAction(name: name, json: json)
        let isLasting = ["staleAlways", "rewriteOnSave", "bulkStuck", "otherVersion", "endlessPages"].contains(name)
        let times: Int? = json["times"].map { $0.integer } ?? (isLasting ? nil : 1)
        self.init(
            match: json["match"]?.text ?? Self.usualMatch(of: name),
            after: json["after"]?.integer ?? 0,
            times: times,
            action: action
        )
    }

    private static func usualMatch(of action: String) -> String {
        switch action {
        case "truncateDownload": "download"
        case "staleOnce", "staleAlways": "inventorySetQuantities"
        case "rewriteOnSave": "mutation"
        default: "any"
        }
    }
}

extension FaultAction {
    fileprivate init(name: String, json: JSONValue) throws(SimulatorError) {
        switch name {
        case "httpStatus":
            guard let status = json["status"]?.integer else { throw .badControl("httpStatus needs a status") }
            self = .httpStatus(status, retryAfter: json["retry_after"]?.integer)
        case "throttled": self = .throttled
        case "dropBeforeApply": self = .dropBeforeApply
        case "applyThenDrop": self = .applyThenDrop
        case "graphQLErrors":
            self = .graphQLErrors(
                json["errors"] ?? [["message": "Internal error", "extensions": ["code": "INTERNAL_SERVER_ERROR"]]]
            )
        case "body": self = .body(json["body"]?.text ?? "")
        case "truncateDownload", "truncate":
            self = .truncate(
                bytes: json["bytes"]?.integer,
                lines: json["lines"]?.integer,
                isAnnounced: json["announced"]?.boolean ?? true
            )
        case "bulkFailed":
            self = .bulkFailed(
                errorCode: json["error_code"]?.text ?? "TIMEOUT",
                offersPartialFile: json["partial_file"]?.boolean ?? true
            )
        case "bulkCanceled": self = .bulkCanceled
        case "bulkCompletedWithoutURL": self = .bulkCompletedWithoutURL
        case "bulkEmpty": self = .bulkEmpty
        case "bulkStuck": self = .bulkStuck
        case "resultURL": self = .resultURL(try Self.text("url", json))
        case "otherVersion": self = .otherVersion(json["version"]?.text ?? "2026-10")
        case "omitField": self = .omitField(try Self.text("field", json), line: json["line"]?.integer)
        case "endlessPages":
            self = .endlessPages(
                repeatsCursor: json["repeat_cursor"]?.boolean ?? true,
                isEmpty: json["empty"]?.boolean ?? false
            )
        case "staleOnce", "staleAlways", "sale":
            self = .sale(sku: json["sku"]?.text, quantity: json["quantity"]?.integer ?? 1)
        case "rewriteOnSave":
            self = .rewriteOnSave(
                field: json["field"]?.text ?? "title",
                from: try Self.text("from", json),
                to: try Self.text("to", json)
            )
        case "userErrorAtIndex":
            self = .userError(
                index: json["index"]?.integer,
                field: json["field"]?.elements?.compactMap(\.text) ?? [],
                message: json["message"]?.text ?? "is invalid",
                code: json["code"]?.text
            )
        case "redirect": self = .redirect(try Self.text("url", json))
        case "editBetween":
            guard let edit = json["edit"] else { throw .badControl("editBetween needs an edit") }
            self = .edit(edit.elements ?? [edit])
        default: throw .badControl("no fault is called \(name)")
        }
    }

    private static func text(_ name: String, _ json: JSONValue) throws(SimulatorError) -> String {
        guard let text = json[name]?.text else { throw .badControl("this fault needs \(name)") }
        return text
    }
}
