import Catalog
import Reporting

/// What a person has to do now, with the command where there is one.
struct TasksSection: Sendable {
    let report: RunReport
    let audience: PageAudience

    /// More would not be read; the findings have them all.
    private static let most = 12

    func write(to html: inout HTMLWriter) {
        let tasks = PageTask.all(of: report, for: audience)
        html.section("tasks", "What to do now") { html in
            guard !tasks.isEmpty else {
                html.paragraph(quiet)
                return
            }
            html.element("ol", [("class", "tasks")]) { html in
                for task in tasks.prefix(Self.most) { write(task, to: &html) }
            }
            html.line()
            if tasks.count > Self.most {
                html.note("And \(PageText.number(tasks.count - Self.most)) more, among the findings.")
            }
        }
    }

    private var quiet: String {
        let looks = report.destinations.contains { !$0.findings.isEmpty }
        let next = audience == .team && report.command == "run" ? "The next run looks again by itself." : ""
        return looks
            ? "Nothing urgent. \(next) When there is time, look at the findings below."
            : "Nothing. \(next)"
    }

    private func write(_ task: PageTask, to html: inout HTMLWriter) {
        html.element("li") { html in
            if let shop = task.shop, report.destinations.count > 1 {
                html.element("strong") { $0.quoted(shop.name) }
                html.text(": ")
            }
            html.quoted(PageText.sentence(task.matter), limit: 400)
            if !task.advice.isEmpty {
                html.text(" ")
                html.quoted(task.command.isEmpty ? PageText.sentence(task.advice) : task.advice, limit: 400)
            }
            if !task.command.isEmpty {
                html.text(" ")
                html.element("code", text: task.command)
            }
        }
        html.line()
    }
}
