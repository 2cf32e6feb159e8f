/// Counts of one run after the other as an area in steps, the newest at the right.
///
/// A run without a count leaves a gap with a mark at the base, so that "nobody looked" never reads as zero.
struct StepDrawing: Sendable {
    /// One per run, the oldest first; `nil` where nobody counted.
    let counts: [Int?]
    /// What takes the full height.
    let most: Int
    /// How many runs fit; fewer leave the left side empty.
    let slots: Int
    /// The drawing's name.
    let title: String
    /// The drawing in words.
    let description: String
    /// Makes the ids of this drawing different from those of others on the page.
    let id: String

    private static let slot = 10
    private static let height = 100

    /// With name and description for those who do not see it.
    func write(to html: inout HTMLWriter) {
        html.element(
            "svg",
            [
                ("class", "steps"), ("viewBox", "0 0 \(slots * Self.slot) \(Self.height)"),
                ("preserveAspectRatio", "none"), ("role", "img"), ("aria-labelledby", "\(id)-t \(id)-d"),
                ("focusable", "false"),
            ]
        ) { html in
            html.element("title", [("id", "\(id)-t")], text: title)
            html.element("desc", [("id", "\(id)-d")], text: description, limit: .max)
            for stretch in stretches {
                html.element("path", [("class", "area"), ("d", outline(stretch, isClosed: true))]) { _ in }
                html.element("path", [("class", "line"), ("d", outline(stretch, isClosed: false))]) { _ in }
            }
            for gap in counts.indices where counts[gap] == nil {
                html.element(
                    "rect",
                    [
                        ("class", "gap"), ("x", "\(left(gap) + 2)"), ("y", "\(Self.height - 6)"), ("width", "6"),
                        ("height", "6"),
                    ]
                ) { _ in }
            }
        }
    }

    /// Neighbouring runs that have a count.
    var stretches: [Range<Int>] {
        var found: [Range<Int>] = []
        for index in counts.indices where counts[index] != nil {
            if let last = found.last, last.upperBound == index {
                found[found.count - 1] = last.lowerBound..<(index + 1)
            } else {
                found.append(index..<(index + 1))
            }
        }
        return found
    }

    /// The way along the tops of a stretch, and for an area back along the base.
    func outline(_ stretch: Range<Int>, isClosed: Bool) -> String {
        var path = "M\(left(stretch.lowerBound)) \(isClosed ? Self.height : top(stretch.lowerBound))"
        for index in stretch {
            path += "V\(top(index))H\(left(index + 1))"
        }
        return isClosed ? path + "V\(Self.height)Z" : path
    }

    private func left(_ index: Int) -> Int { (max(0, slots - counts.count) + index) * Self.slot }

    /// Zero stands on the base line, and the most just under the upper edge.
    private func top(_ index: Int) -> Int {
        guard let count = counts[index], count > 0, most > 0 else { return Self.height - 1 }
        let room = Self.height - 4
        return Self.height - 1 - max(2, min(room, Int(Int128(count) * Int128(room) / Int128(most))))
    }
}
