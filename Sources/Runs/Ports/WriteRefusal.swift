/// One thing the store would not do (`userErrors`).
public struct WriteRefusal: Sendable, Hashable {
    /// The place in the list that was sent, or `nil` where the refusal is for the whole call.
    public let index: Int?
    /// The path the store named, such as `variants.3.price`.
    public let path: String
    /// The store's code, such as `INVALID`; empty where it gave none.
    public let code: String
    /// The store's own words.
    public let message: String

    /// Puts the parts together.
    public init(index: Int?, path: String, code: String, message: String) {
        self.index = index
        self.path = path
        self.code = code
        self.message = message
    }
}
