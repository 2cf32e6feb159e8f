/// What goes wrong with a call that a ``FaultRule`` fires on.
public enum FaultAction: Sendable, Equatable {
    /// Answers this HTTP status and does nothing; `retryAfter` is in seconds.
    case httpStatus(Int, retryAfter: Int? = nil)
    /// Answers as with an empty cost bucket and does nothing.
    case throttled
    /// Closes the connection without doing anything.
    case dropBeforeApply
    /// Does what was asked, then closes the connection.
    case applyThenDrop
    /// Does what was asked, then puts these `errors` beside the data.
    case graphQLErrors(JSONValue)
    /// Answers this text with status 200 and does nothing.
    case body(String)
    /// Cuts a download (or answer) after so many bytes, or after so many lines. Where `isAnnounced`, the header says the
    /// cut length, so that only the numbers of the operation can tell; else the connection closes early.
    case truncate(bytes: Int? = nil, lines: Int? = nil, isAnnounced: Bool = true)
    /// The bulk operation ends FAILED, perhaps with a link to a part of the file.
    case bulkFailed(errorCode: String?, offersPartialFile: Bool = true)
    /// The bulk operation ends CANCELED.
    case bulkCanceled
    /// The bulk operation ends COMPLETED with its counts but without a link.
    case bulkCompletedWithoutURL
    /// The bulk operation ends COMPLETED with zero objects.
    case bulkEmpty
    /// The bulk operation stays RUNNING.
    case bulkStuck
    /// The bulk operation's link is this address.
    case resultURL(String)
    /// The version header names another version.
    case otherVersion(String)
    /// Takes a member out of an answer, or out of one line (counted from 1) of a download.
    case omitField(String, line: Int? = nil)
    /// Every page of an answer says that more follows; with the same cursor again, or empty, as asked.
    case endlessPages(repeatsCursor: Bool = true, isEmpty: Bool = false)
    /// Sells units of the SKU (or of the first item the call names) just before the call is done.
    case sale(sku: String? = nil, quantity: Int = 1)
    /// Replaces text in a field whenever it is saved, as normalising servers do.
    case rewriteOnSave(field: String, from: String, to: String)
    /// Refuses the entry at an index of the call's list, or all of them.
    case userError(index: Int?, field: [String], message: String, code: String?)
    /// Answers 301 with this address.
    case redirect(String)
    /// Makes edits, each as the control interface takes them, just before the call is done.
    case edit([JSONValue])

    /// Whether it concerns how a bulk operation ends, and not a call.
    var concernsBulk: Bool {
        switch self {
        case .bulkFailed, .bulkCanceled, .bulkCompletedWithoutURL, .bulkEmpty, .bulkStuck, .resultURL: true
        default: false
        }
    }
}

/// Says on which calls a ``FaultAction`` happens.
public struct FaultRule: Sendable, Equatable {
    /// An operation name (`SetStock`), a root field (`inventorySetQuantities`), `any` or `mutation` for GraphQL
    /// calls, or `download`, `upload`, `token`.
    ///
    /// Actions on bulk operations take `bulkQuery`, `bulkMutation` or `any`.
    public var match: String
    /// So many matching calls pass first.
    public var after: Int
    /// So many calls are hit; nil hits all that follow.
    public var times: Int?
    /// What happens then.
    public var action: FaultAction

    /// Makes a rule that hits the next matching call, once, where nothing else is said.
    public init(match: String = "any", after: Int = 0, times: Int? = 1, action: FaultAction) {
        self.match = match
        self.after = after
        self.times = times
        self.action = action
    }
}
