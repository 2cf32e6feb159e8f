/// What a store's requests are signed with.
public enum StoreCredential: Sendable, Equatable {
    /// A lasting token of an app made in the store's admin.
    case token(Secret)
    /// An app of the Dev Dashboard, whose tokens are asked for and last a day (client-credentials grant).
    case client(id: String, secret: Secret)
}

extension StoreCredential {
    /// Reads the content of a credential file: one bare token, or lines of `key: value`.
    ///
    /// The keys are `token`, or `client_id` with `client_secret`. Blank lines and lines that begin with `#` don't count;
    /// a value may stand in quotes.
    init(fileContent: String) throws(CredentialProblem) {
        var values: [String: String] = [:]
        var bare: String?
        for (index, line) in fileContent.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let text = line.trimmingBlanks
            guard !text.isEmpty, !text.hasPrefix("#") else { continue }
            if let colon = text.firstIndex(of: ":") {
                let key = String(text[..<colon].trimmingBlanks)
                guard Self.keys.contains(key), values[key] == nil else { throw .line(index + 1) }
                values[key] = Self.unquoted(text[text.index(after: colon)...].trimmingBlanks)
            } else {
                guard bare == nil else { throw .line(index + 1) }
                bare = String(text)
            }
        }
        for value in values.values where !Self.isPlain(value) { throw .notPlain }
        switch (bare, values["token"], values["client_id"], values["client_secret"]) {
        case (let token?, nil, nil, nil), (nil, let token?, nil, nil):
            guard Self.isPlain(token) else { throw .notPlain }
            self = .token(Secret(token))
        case (nil, nil, let id?, let secret?):
            self = .client(id: id, secret: Secret(secret))
        case (nil, nil, nil, nil):
            throw .empty
        default:
            throw .mixed
        }
    }

    private static let keys: Set<String> = ["token", "client_id", "client_secret"]

    /// What fits into a header: visible ASCII without blanks.
    private static func isPlain(_ text: String) -> Bool {
        (1...512).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func unquoted(_ text: Substring) -> String {
        for quote in ["\"", "'"] where text.count >= 2 && text.hasPrefix(quote) && text.hasSuffix(quote) {
            return String(text.dropFirst().dropLast())
        }
        return String(text)
    }
}

extension Substring {
    /// Without blanks and tabs at both ends.
    fileprivate var trimmingBlanks: Substring {
        var text = drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}

/// What is wrong with the content of a credential file; never the content itself.
public enum CredentialProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// Nothing but blanks and comments.
    case empty
    /// A line that is neither a known key with its value, given once, nor the one bare token.
    case line(Int)
    /// Parts that don't belong together, or half of a pair.
    case mixed
    /// A value with blanks, control signs or letters beyond ASCII.
    case notPlain
    /// No password of the mail server.
    case noPassword
    /// More than the one line of the mail server's password, or one no password is.
    case manyLines

    /// What is wrong, and what is taken.
    public var description: String {
        let taken = "one line with the token, or client_id: and client_secret: on two lines"
        return switch self {
        case .empty: "holds nothing; write \(taken)"
        case .line(let number): "line \(number) is not understood; write \(taken)"
        case .mixed: "holds parts that don't go together; write \(taken)"
        case .notPlain: "a value is not plain visible ASCII without blanks; write \(taken)"
        case .noPassword: "holds nothing; write the password of the mail server on one line"
        case .manyLines: "holds more than one line of up to 512 bytes; write just the password of the mail server"
        }
    }
}
