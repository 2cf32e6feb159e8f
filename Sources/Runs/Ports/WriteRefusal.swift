/// One thing the store would not do (`userErrors`).
public struct WriteRefusal: Sendable, Hashable {
    /// The place in the list that was sent, or `nil` where the refusal is for the whole call.
    public let index: Int?
    /// The path the store named, such as `variants.3.price`.
    public let path: String
    public let code: String
    public let message: String

    public init(index: Int?, path: String, code: String, message: String) {
        self.index = index
        self.path = path
        self.code = code
        self.message = message
    }
}
