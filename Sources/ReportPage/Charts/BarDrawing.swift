/// A bar beside a number that says the same: what was made in full colour, the rest of the whole paler.
struct BarDrawing: Sendable {
    /// The whole, which the bar's length stands for.
    let whole: Int
    /// The part of it in full colour.
    let part: Int
    /// The whole that would take the full width.
    let most: Int

    private static let width = 1000

    /// Hidden from screen readers, which have the numbers.
    func write(to html: inout HTMLWriter) {
        html.element(
            "svg",
            [
                ("class", "bar"), ("viewBox", "0 0 \(Self.width) 8"), ("preserveAspectRatio", "none"),
                ("aria-hidden", "true"), ("focusable", "false"),
            ]
        ) { html in
            html.element("rect", [("class", "rest"), ("width", "\(length(whole))"), ("height", "8")]) { _ in }
            html.element("rect", [("class", "part"), ("width", "\(length(part))"), ("height", "8")]) { _ in }
        }
    }

    /// In whole units of the drawing; what is there at all is seen.
    func length(_ count: Int) -> Int {
        guard count > 0, most > 0 else { return 0 }
        return max(4, min(Self.width, Int(Int128(count) * Int128(Self.width) / Int128(most))))
    }
}
