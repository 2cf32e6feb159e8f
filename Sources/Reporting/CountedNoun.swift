extension DefaultStringInterpolation {
    /// A count with its noun, in the singular where it is one: `"\(3, of: "variant")"` is `3 variants`.
    ///
    /// For nouns whose plural takes an s.
    public mutating func appendInterpolation(_ count: Int, of noun: String) {
        appendInterpolation(count)
        appendLiteral(count == 1 ? " \(noun)" : " \(noun)s")
    }
}
