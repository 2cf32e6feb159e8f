import Catalog
import Runs
import Synchronization
import SystemdNotify

/// Shows what a run does: a bar per store on a terminal, elsewhere a line per step.
final class ProgressPrinter: RunProgress {
    /// How it is shown.
    enum Form: Sendable, Hashable {
        /// Not at all.
        case none
        /// A line where a step begins.
        case lines
        /// A line where a step begins, one where it ends with its time, and one for each decision.
        case steps
        /// A bar per store, drawn again and again.
        case bars(Terminal)
    }

    private struct Line {
        var step: RunStep
        var since: ContinuousClock.Instant
    }

    private struct State {
        var order: [ShopDomain] = []
        var lines: [ShopDomain: Line] = [:]
        var drawn = 0
        var lastDraw: ContinuousClock.Instant?
        /// The messages there were when it was drawn.
        var messages = 0
    }

    private let state = Mutex(State())
    private let form: Form
    private let fields: [String: String]
    private let start = ContinuousClock.now
    private static let width = 24

    /// - Parameters:
    ///   - form: how it is shown.
    ///   - fields: what the journal keeps beside each line, such as the run.
    init(_ form: Form, fields: [String: String] = [:]) {
        self.form = form
        self.fields = fields
    }

    func report(_ step: RunStep) {
        guard form != .none else { return }
        guard step.decision.isEmpty else {
            if form == .steps { log(step, step.decision) }
            return
        }
        let picture: String? = state.withLock { state in
            let now = ContinuousClock.now
            let before = state.lines[step.shop]
            if before == nil { state.order.append(step.shop) }
            let isNew = before?.step.activity != step.activity
            state.lines[step.shop] = Line(step: step, since: isNew ? now : before?.since ?? now)
            guard case .bars(let terminal) = form else {
                if form == .steps, isNew, let before {
                    log(before.step, "took=\((now - before.since).shortText)")
                }
                if isNew || !step.note.isEmpty {
                    let note = step.note.isEmpty ? "" : step.note + " "
                    log(step, "\(note)elapsed=\(Self.elapsed(now - start))")
                }
                return nil
            }
            // Ten pictures a second are enough for anybody.
            if let last = state.lastDraw, now - last < .milliseconds(100), !isNew { return nil }
            state.lastDraw = now
            let picture = self.picture(state, now, terminal)
            // What was said since stands below the last picture, and stays.
            if Console.messages != state.messages { state.drawn = 0 }
            state.messages = Console.messages
            let up = state.drawn > 0 ? "\u{1B}[\(state.drawn)A" : ""
            state.drawn = picture.count
            return up + picture.map { "\u{1B}[2K\($0)\n" }.joined() + "\u{1B}[J"
        }
        if let picture { Console.draw(picture) }
    }

    private func log(_ step: RunStep, _ text: String) {
        Console.log(
            JournalEntry(
                "\(step.shop) \(step.activity.rawValue) \(text)",
                fields: fields.merging([
                    "SYNCTEC_SHOP": step.shop.text, "SYNCTEC_ACTIVITY": step.activity.rawValue,
                ]) { $1 }
            )
        )
    }

    /// What a terminal has room for: a line that wrapped, or one that scrolled away, could not be drawn over.
    private func picture(_ state: State, _ now: ContinuousClock.Instant, _ terminal: Terminal) -> [String] {
        var shops = state.order
        let room = max(terminal.rows - 2, 1)
        var hidden = 0
        if shops.count > room {
            // Those at work first; the others are counted.
            let atWork = shops.filter { state.lines[$0]?.step.activity != .done }
            let done = shops.filter { state.lines[$0]?.step.activity == .done }
            shops = Array((atWork + done).prefix(max(room - 1, 1)))
            hidden = state.order.count - shops.count
        }
        let lines = shops.compactMap { shop in state.lines[shop].map { bar(shop, $0, now) } }
        let more = hidden > 0 ? ["and \(hidden) more"] : []
        let width = max(terminal.columns - 1, 2)
        return (lines + more).map { $0.count > width ? $0.prefix(width - 1) + "…" : $0 }
    }

    private func bar(_ shop: ShopDomain, _ line: Line, _ now: ContinuousClock.Instant) -> String {
        let step = line.step
        let name = shop.name.padded(to: 20)
        let activity = step.activity.rawValue.padded(to: 11)
        guard step.total > 0, step.activity != .done else {
            let count = step.done > 0 ? " \(step.done)" : ""
            return "\(name) \(activity)\(count)\(step.note.isEmpty ? "" : " " + step.note)"
        }
        let share = min(1, Double(step.done) / Double(step.total))
        let full = Int(share * Double(Self.width))
        let drawing = String(repeating: "█", count: full) + String(repeating: "░", count: Self.width - full)
        var left = ""
        if share > 0.02, share < 1 {
            let passed = now - line.since
            left = " \(Self.elapsed(passed * ((1 - share) / share))) left"
        }
        return "\(name) \(activity) \(drawing) \(Int(share * 100)) %\(left)"
    }

    private static func elapsed(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        if seconds >= 3600 { return "\(seconds / 3600)h\(seconds / 60 % 60)m" }
        return seconds >= 60 ? "\(seconds / 60)m\(seconds % 60)s" : "\(seconds)s"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        count >= width ? self : self + String(repeating: " ", count: width - count)
    }
}
