import Catalog

/// The data of a call that went through all layers without an error.
struct AdminAnswer: Sendable {
    /// The member `data`.
    let data: AnswerField
    /// The version that answered.
    let version: String
    /// The store's clock when it answered.
    let date: Timestamp?
}
