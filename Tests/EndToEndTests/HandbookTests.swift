import Foundation
import Testing

/// The README and the handbook: links lead somewhere, and what is shown can be typed.
@Suite struct HandbookTests {
    @Test func `every link leads to a file, and to a heading in it`() throws {
        let pages = try HandbookPage.all()
        var tried = 0
        for page in pages {
            let folder = Place.root.appending(path: page.path).deletingLastPathComponent()
            for link in page.links where !link.hasPrefix("https://") && !link.hasPrefix("http://") {
                tried += 1
                let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                let target = parts[0].isEmpty ? Place.root.appending(path: page.path) : folder.appending(path: parts[0])
                let path = target.standardizedFileURL.path
                #expect(FileManager.default.fileExists(atPath: path), "\(page.path): \(link)")
                guard parts.count == 2 else { continue }
                let other = pages.first { Place.root.appending(path: $0.path).standardizedFileURL.path == path }
                #expect(other?.anchors.contains(parts[1]) == true, "\(page.path): no heading for \(link)")
            }
        }
        #expect(tried > 60)
    }

    @Test func `every page of the handbook is named on its first page`() throws {
        let first = try HandbookPage("docs/README.md")
        let named = Set(first.links)
        let pages = try HandbookPage.all().filter { $0.path.hasPrefix("docs/") && $0.path != first.path }
        #expect(pages.count >= 8)
        for page in pages { #expect(named.contains(String(page.path.dropFirst("docs/".count)))) }
    }

    @Test func `every command line that is shown parses`() async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let tool = try await DescribedProgram.read(stage)
            let pages = try HandbookPage.all()
            let named = pages.flatMap { page in page.namedCommands.map { (page.path, $0) } }
                .filter { !tool.isName($0.1.words) }
            let shown = pages.flatMap { page in page.commandLines.map { (page.path, $0) } } + named
            #expect(shown.count > 120)
            for (path, line) in shown {
                let problem = tool.problem(with: line.words)
                #expect(problem == nil, "\(path): \(line.line): \(problem ?? "")")
            }
            // The values of options, which only the program itself can judge: help comes after them.
            let lines = Set(shown.map(\.1.words)).filter { $0.contains { $0.hasPrefix("--") } && $0.first != "help" }
            for words in lines.sorted(by: { $0.joined(separator: " ") < $1.joined(separator: " ") }) {
                let ended = try await stage.startBare(words + ["--help"]).ended()
                #expect(ended.status == 0, "\(words): \(ended.errors)")
            }
        }
    }

    @Test func `the page of commands has every command, and help's own examples parse`() async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let tool = try await DescribedProgram.read(stage)
            let page = try HandbookPage("docs/commands.md").text
            let commands = tool.commands
            #expect(commands.count > 20)
            for command in commands {
                #expect(page.contains("`synctec \(command.path)`"), "docs/commands.md lacks synctec \(command.path)")
                let examples = CommandLineText.examples(in: command.described.discussion ?? "")
                for example in examples {
                    let problem = tool.problem(with: example.words)
                    #expect(problem == nil, "\(example.line): \(problem ?? "")")
                }
            }
        }
    }

    /// The judge has to judge: lines that are wrong in each of the ways it looks for.
    @Test(arguments: [
        "synctec nosuch", "synctec run --wiat 3", "synctec run extra", "synctec approve", "synctec team",
        "synctec plan --lines",
        "synctec help nosuch", "synctec init --team --source a",
    ])
    func `a wrong command line is noticed`(line: String) async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let tool = try await DescribedProgram.read(stage)
            let words = try #require(CommandLineText.all(in: line).first?.words)
            #expect(tool.problem(with: words) != nil)
        }
    }
}

extension CommandLineText {
    /// The lines of a help text that show an example.
    static func examples(in discussion: String) -> [CommandLineText] {
        discussion.split(separator: "\n").filter { $0.hasPrefix("Example: ") }
            .flatMap { all(in: String($0.dropFirst("Example: ".count))) }
    }
}
