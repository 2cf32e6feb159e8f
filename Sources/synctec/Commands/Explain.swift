import ArgumentParser
import Catalog
import Reporting
import Runs

/// The command `synctec explain`.
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tells why a SKU has the values it has, per destination.",
        discussion: """
            Reads the stores as a run does and writes nothing: source price, rate with date and origin, rule, rounding and result, \
            and what a run would do about each field. Ends with 1 where the source has no such SKU, or has it several times.

            Example: synctec explain LAMP-01 --destination lumen-home
            """
    )

    @Argument(help: "The SKU at the source, exactly as it is written there.")
    var sku: String

    @OptionGroup var team: TeamOptions
    @OptionGroup var destinations: DestinationOptions

    @Flag(help: "Also lists the fields that are in step or ignored.")
    var all = false

    mutating func run() async throws {
        guard let wanted = SKU(sku) else { throw CommandFailure(.usage, "the SKU is blank") }
        let settings = try team.load()
        let only = try destinations.only(of: settings)
        try await Session.with(settings, team.output) { session in
            let approved = await session.approved(settings, only: only)
            try session.checkCredentials(settings, approved)
            var generator = SystemRandomNumberGenerator()
            let run = ExplainRun(
                settings: settings,
                only: only,
                run: .random(using: &generator),
                holder: Holder.process,
                ports: session.ports(settings, progress: session.output.progress())
            )
            let found = try await told { try await run.explain(wanted) }
            if team.json {
                try Console.out(try JSONText.of(found))
            } else {
                try show(found)
            }
            // A SKU of the source has a price, or the reason why there is none, wherever it may go.
            let read = found.filter { approved.contains($0.shop) }
            if !read.isEmpty, read.allSatisfy(\.price.isEmpty) {
                await session.tellCalls()
                team.output.end(.attention, "")
                throw ExitCode(ExitStatus.attention.code)
            }
        }
    }

    private func show(_ found: [ExplainRun.Explanation]) throws {
        for explanation in found {
            try Console.out("\(explanation.shop): \(HarmlessText.line(explanation.place))")
            for line in explanation.price { try Console.out("  " + HarmlessText.line(line)) }
            for field in explanation.fields where all || !field.wanted.isEmpty {
                let wanted = field.wanted.isEmpty ? "nothing to write" : "\(field.wanted) (\(field.verdict))"
                try Console.out(
                    "  \(field.field.rawValue) [\(field.policy.rawValue)]: source \"\(HarmlessText.line(field.source, limit: 60))\", "
                        + "here \"\(HarmlessText.line(field.destination, limit: 60))\" -> \(HarmlessText.line(wanted, limit: 90))"
                )
            }
            if !explanation.fields.isEmpty, explanation.fields.allSatisfy(\.wanted.isEmpty) {
                try Console.out("  every locked field is in step")
            }
        }
    }
}
