import Glibc
import Settings
import Testing

// CF-6
struct PoisonedSettingsTests {
    struct Bomb: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let refusal: String
        var testDescription: String { name }
    }

    static let bombs: [Bomb] = {
        func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
        let laughs = (1...9).map { level in
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            return "a\(level): &a\(level) [\(aliases)]"
        }.joined(separator: "\n")
        let keyed =
            "a0: &a0 [x, x]\n" + (1...4).map { "? &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n: 1" }.joined(separator: "\n")
        return [
            Bomb(name: "billion laughs", text: "a0: &a0 [lol]\n" + laughs, refusal: "anchors and aliases"),
            Bomb(name: "aliases as keys", text: keyed, refusal: "anchors and aliases"),
            Bomb(name: "one anchor", text: minimal("state: &a /x"), refusal: "anchors and aliases"),
            Bomb(name: "an alias of nothing", text: minimal("state: *a"), refusal: "anchors and aliases"),
            Bomb(name: "an alias of itself", text: "a: &a [*a]", refusal: "anchors and aliases"),
            Bomb(name: "40,000 brackets", text: times("[", 40_000), refusal: "levels deep"),
            Bomb(name: "100,000 brackets", text: times("[", 100_000), refusal: "too many values"),
            Bomb(name: "40,000 braces", text: times("{a: ", 40_000), refusal: "levels deep"),
            Bomb(name: "40,000 dashes", text: times("- ", 40_000), refusal: "levels deep"),
            Bomb(name: "100,000 dashes", text: times("- ", 100_000), refusal: "too many values"),
            Bomb(name: "40,000 questions", text: times("? ", 40_000), refusal: "levels deep"),
            Bomb(name: "100,000 questions", text: times("? ", 100_000), refusal: "too many values"),
            Bomb(name: "33 closed levels", text: times("[", 33) + times("]", 33), refusal: "more than 32 levels deep"),
            Bomb(name: "100,000 braces", text: times("{a: ", 100_000), refusal: "too many values"),
            Bomb(name: "over 1 MiB", text: "# " + times("x", 1 << 20), refusal: "the most is 1048576"),
            Bomb(name: "many values", text: "a: [" + times("b,", 500_000) + "]", refusal: "too many values"),
            Bomb(name: "many short lists", text: times("- - - - - - - - -\n", 50_000), refusal: "too many values"),
            Bomb(
                name: "many unknown keys",
                text: (0..<45_000).map { "key\($0): x\n" }.joined(),
                refusal: "unknown key"
            ),
            Bomb(name: "many keys", text: times("a: b\n", 120_000), refusal: "too many values"),
            Bomb(name: "one long word", text: times("x", 1_000_000), refusal: "where a group of keys is due"),
            Bomb(name: "one long key", text: times("x", 1_000_000) + ": y", refusal: "not YAML"),
            Bomb(name: "a long quote", text: "a: \"" + times("\\n", 500_000) + "\"", refusal: "unknown key"),
            Bomb(name: "merge key", text: minimal("brakes: { <<: { price_changes: 5% } }"), refusal: "merge keys"),
            Bomb(name: "tag", text: minimal("state: !!str /x"), refusal: "tags"),
            Bomb(name: "own tag", text: minimal("state: !secret x"), refusal: "tags"),
            Bomb(name: "tag on quotes", text: minimal("state: !!binary \"eA==\""), refusal: "tags"),
            Bomb(name: "tag on a group", text: minimal("brakes: !!set { price_changes }"), refusal: "tags"),
            Bomb(name: "block text", text: minimal("state: |\n  /x"), refusal: "block text"),
            Bomb(name: "two documents", text: minimal("---\nteam: x"), refusal: "a second document"),
            Bomb(name: "a group as key", text: minimal("? { a: b }\n: c"), refusal: "keys are single words"),
            Bomb(name: "NUL", text: minimal("state: /x\0y"), refusal: "not plain text"),
            Bomb(name: "comments only", text: times("# *a &b\n", 1000), refusal: "has no settings"),
        ]
    }()

    /// A second; without optimisation everything takes several times what it takes with it.
    private let limit: Duration = {
        #if DEBUG
        .seconds(5)
        #else
        .seconds(1)
        #endif
    }()

    @Test(arguments: bombs)
    func `a poisoned file is refused within a second of work`(bomb: Bomb) {
        let start = threadTime()
        let lines = refusals(bomb.text)
        #expect(threadTime() - start < limit)
        #expect(lines.contains { $0.contains(bomb.refusal) }, "\(lines.first?.prefix(200) ?? "taken")")
    }

    @Test
    func `the largest files that are taken cost no more than a second of work`() throws {
        let aliases = (0..<30_000).map { "      \"SRC-\($0)\": \"DST-\($0)\"" }.joined(separator: "\n")
        let text = """
            team: SP-TEAM-7KQ2MX
            source: { shop: a.myshopify.com }
            destinations:
              - shop: b.myshopify.com
                sku_aliases:
            \(aliases)
            """
        #expect(text.utf8.count > 800_000)
        let start = threadTime()
        #expect(try parsed(text).destinations.first?.aliases.count == 30_000)
        #expect(threadTime() - start < limit)
    }

    /// What this thread has worked, whatever else the machine does.
    private func threadTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
