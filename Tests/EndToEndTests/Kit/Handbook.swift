import Foundation

/// A page of the handbook, or another Markdown file of the repository.
struct HandbookPage {
    /// Its path from the repository's root.
    let path: String
    let text: String

    /// All Markdown files that people are to read.
    static func all() throws -> [HandbookPage] {
        var paths: [String] = []
        for folder in ["", "docs/", "reports/", "schedules/"] {
            let names = try FileManager.default.contentsOfDirectory(atPath: Place.root.appending(path: folder).path)
            paths += names.filter { $0.hasSuffix(".md") }.map { folder + $0 }
        }
        return try paths.sorted().map { try HandbookPage($0) }
    }

    init(_ path: String) throws {
        self.path = path
        text = try String(contentsOf: Place.root.appending(path: path), encoding: .utf8)
    }

    /// The lines outside and inside of fenced blocks; a line that ends with a backslash is joined to the next.
    private var lines: (prose: [Substring], code: [String]) {
        var prose: [Substring] = []
        var code: [String] = []
        var isCode = false
        var continues = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") || line.trimmingPrefix(while: { $0 == " " }).hasPrefix("```") {
                isCode.toggle()
                continues = false
            } else if isCode {
                let part = line.hasSuffix("\\") ? String(line.dropLast()) : String(line)
                if continues, let last = code.popLast() { code.append(last + part) } else { code.append(part) }
                continues = line.hasSuffix("\\")
            } else {
                prose.append(line)
            }
        }
        return (prose, code)
    }

    /// Where the links lead, as they are written.
    var links: [String] {
        lines.prose.joined(separator: "\n").matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }
    }

    /// What a link's part behind `#` may be: the headings in small letters, without punctuation, with dashes for blanks.
    var anchors: Set<String> {
        Set(
            lines.prose.filter { $0.hasPrefix("#") }.map { line in
                let title = line.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
                return String(
                    title.filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }.map { $0 == " " ? "-" : $0 }
                )
            }
        )
    }

    /// The command lines of `synctec` that are shown in blocks.
    var commandLines: [CommandLineText] { lines.code.filter(isWhole).flatMap(CommandLineText.all) }

    /// Those within the text, which may be no more than a command's name.
    var namedCommands: [CommandLineText] {
        lines.prose.joined(separator: "\n").matches(of: /`(synctec [^`]+)`/).map { String($0.1) }.filter(isWhole)
            .flatMap(CommandLineText.all)
    }

    private func isWhole(_ line: String) -> Bool { !line.contains("…") && !line.contains("...") }
}

/// One call of `synctec` on a line of shell.
struct CommandLineText {
    /// The line it stands on.
    let line: String
    /// Its arguments.
    let words: [String]

    /// The calls on a line, behind `sudo` too, and up to a pipe, a redirection, a `&&` or a remark.
    static func all(in line: String) -> [CommandLineText] {
        segments(of: line).compactMap { words in
            var rest = words[...]
            if rest.first == "sudo" {
                rest = rest.dropFirst()
                while let option = rest.first, option.hasPrefix("-") { rest = rest.dropFirst(option == "-u" ? 2 : 1) }
            }
            guard rest.first == "synctec" else { return nil }
            return CommandLineText(line: line, words: Array(rest.dropFirst()))
        }
    }

    /// Words without their quotes, parted where another command begins.
    private static func segments(of line: String) -> [[String]] {
        var segments: [[String]] = [[]]
        var word: String?
        var quote: Character?
        func end() {
            if let finished = word { segments[segments.count - 1].append(finished) }
            word = nil
        }
        scanning: for sign in line {
            switch sign {
            case _ where quote != nil:
                if sign == quote { quote = nil } else { word?.append(sign) }
            case "\"", "'":
                quote = sign
                word = word ?? ""
            case " ":
                end()
            case "|", "&", ";":
                end()
                segments.append([])
            case ">", "<":
                // Its file is no argument.
                end()
                segments.append(["redirection"])
            case "#" where word == nil:
                break scanning
            default:
                word = (word ?? "") + String(sign)
            }
        }
        end()
        return segments.filter { !$0.isEmpty }
    }
}
