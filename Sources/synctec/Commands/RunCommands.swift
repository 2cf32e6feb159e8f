import ArgumentParser
import Catalog
import PostgresLedger
import Reconciliation
import Reporting
import Runs
import Settings

/// The command `synctec plan`.
struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Reads the stores and shows what a run would do; writes nothing to any store.",
        discussion: """
            The plan is stored under its hash, with the brakes it meets. Look at it, then approve or apply it by that hash. With a \
            hash, shows that stored plan again, without reading the stores. The plans of several destinations are one table, \
            with the destination in its first column, or one JSON array.

            Example: synctec plan --destination lumen-home --lines 50
            Example: synctec plan 3f2a9c41d0e7 --format csv > plan.csv
            """
    )

    @Argument(help: "A stored plan's hash, or its first signs; left out, a new plan is made.")
    var hash: String?

    @OptionGroup var team: TeamOptions
    @OptionGroup var destinations: DestinationOptions

    @Option(help: ArgumentHelp("How many lines of each plan to print as text.", valueName: "count"))
    var lines = 40

    @Option(help: "How to print the plans: text, or csv or json with every line.")
    var format = PlanFormat.text

    func validate() throws {
        guard lines >= 0 else { throw ValidationError("--lines takes 0 or more") }
    }

    mutating func run() async throws {
        let settings = try team.load()
        let only = try destinations.only(of: settings)
        try await Session.with(settings, team.output) { session in
            let stored = StoredPlans(session: session, team: settings.team)
            if let hash {
                let plan = try CorrectionPlan(document: try await stored.stored(hash).document)
                try show([(plan, [])], amongSeveral: false)
                return
            }
            let report = try await RunRunner(session: session, settings: settings)
                .run(.plan, only: only)
            if !team.json {
                var plans: [(CorrectionPlan, [BrakeHit])] = []
                for destination in report.destinations {
                    guard let hash = destination.plan else { continue }
                    plans.append((try await stored.plan(hash), destination.brakes))
                }
                // By what was asked for and not by what came of it, so that a reader knows the form beforehand.
                try show(plans, amongSeveral: (only.isEmpty ? settings.destinations.count : only.count) > 1)
                if format == .text { try team.output.tell(report.text) }
            }
            try RunRunner.end(report, team.output)
        }
    }

    /// Prints the plans; as CSV or JSON that is one document, which names the destinations where there may be several.
    private func show(_ plans: [(plan: CorrectionPlan, brakes: [BrakeHit])], amongSeveral: Bool) throws {
        switch team.json ? .json : format {
        case .text:
            for (plan, brakes) in plans { try Console.out(try plan.text(brakes: brakes, limit: lines)) }
        case .csv:
            guard amongSeveral else {
                for (plan, _) in plans { try Console.out(plan.csv()) }
                return
            }
            var csv = CSVWriter()
            csv.header(["destination"] + CorrectionRow.columns)
            for (plan, _) in plans {
                for row in CorrectionRow.rows(of: plan) {
                    csv.text(plan.destination.text)
                    row.write(to: &csv)
                    csv.endRow()
                }
            }
            try Console.out(csv.bytes)
        case .json:
            let documents = try plans.map { HarmlessText.json(try $0.plan.document()) }
            let text = Array(documents.joined(separator: Array(",\n".utf8)))
            guard amongSeveral || !text.isEmpty else { return }
            try Console.out((amongSeveral ? Array("[".utf8) + text + Array("]".utf8) : text) + Array("\n".utf8))
        }
    }
}

/// How `plan` prints.
enum PlanFormat: String, ExpressibleByArgument, CaseIterable {
    case text, csv, json
}

/// The command `synctec run`.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Plans and applies: what the timer starts.",
        discussion: """
            The first run on a store, and the first after its rules changed, only plans and names the hash to approve. A brake \
            holds back the part of a plan that it judges; the rest goes on.

            Example: synctec run --settings /etc/synctec/northwind.yaml
            Example: synctec run --stage stock
            Example: synctec run --wait 20m --deadline 3h
            """
    )

    @OptionGroup var team: TeamOptions
    @OptionGroup var destinations: DestinationOptions

    @Option(
        help: ArgumentHelp(
            "What to write: catalogue, stock, both with a comma between, or all (default); what else differs stays planned.",
            valueName: "stages"
        )
    )
    var stage: String?

    @Option(
        help: ArgumentHelp(
            "Stage and team in one, for units of systemd: stock, or northwind:stock by northwind.yaml.",
            discussion: "The settings file is looked for here, then in /etc/synctec.",
            valueName: "name"
        )
    )
    var instance: RunInstance?

    @Option(
        help: ArgumentHelp(
            "How long to wait for another run of the team to end; left out, not at all.",
            valueName: "duration"
        ),
        transform: RunLimits.duration
    )
    var wait: Duration?

    @Option(
        help: ArgumentHelp(
            "After how long the run stops in order and leaves the rest to the next one, such as 90m.",
            valueName: "duration"
        ),
        transform: RunLimits.duration
    )
    var deadline: Duration?

    mutating func validate() throws {
        guard instance == nil || (stage == nil && team.settings == nil) else {
            throw ValidationError("--instance names stage and settings: leave --stage and --settings out")
        }
    }

    /// The stages by the names of the option.
    private var stages: Set<PlanStage> {
        get throws {
            try (instance?.stage ?? stage ?? "all").split(separator: ",").reduce(into: []) { stages, name in
                switch name {
                case "all": stages.formUnion(PlanStage.allCases)
                case RunStage.catalogue.rawValue: stages.formUnion(RunStage.catalogue.planStages)
                case RunStage.stock.rawValue: stages.formUnion(RunStage.stock.planStages)
                case "orders":
                    throw CommandFailure(.usage, "--stage orders: not yet; leave it out")
                default:
                    throw CommandFailure(
                        .usage,
                        "--stage \(HarmlessText.line(String(name))): no such stage; there are catalogue, stock and all"
                    )
                }
            }
        }
    }

    mutating func run() async throws {
        let stages = try stages
        guard !stages.isEmpty else { throw CommandFailure(.usage, "--stage names no stage") }
        if let instance { team.settings = instance.settingsFile }
        let settings = try team.load()
        let only = try destinations.only(of: settings)
        let limits = RunLimits(wait: wait ?? .zero, deadline: deadline)
        try await Session.with(settings, team.output) { session in
            let report = try await RunRunner(session: session, settings: settings)
                .run(.run(stages: stages), only: only, limits: limits)
            try team.output.tell(report.text)
            try RunRunner.end(report, team.output)
        }
    }
}

/// The command `synctec apply`.
struct Apply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Applies a stored plan, as far as it still stands.",
        discussion: """
            The stores are read again. Each part of the plan (prices, stock, content) that would come out the same is applied; a \
            part that moved is left, and named. A plan older than its limit (60 minutes), or followed by a newer one, is refused.

            Example: synctec apply 3f2a9c41d0e7
            """
    )

    @Argument(help: "The plan's hash, or its first signs.")
    var hash: String

    @OptionGroup var team: TeamOptions

    mutating func run() async throws {
        let settings = try team.load()
        try await Session.with(settings, team.output) { session in
            let plan = try await StoredPlans(session: session, team: settings.team).stored(hash)
            guard let destination = settings.destination(plan.destination) else {
                throw CommandFailure(
                    .usage,
                    "plan \(plan.hash.short) is for \(plan.destination), which is not in the settings"
                )
            }
            let age = Timestamp.now - plan.createdAt
            guard age <= destination.brakes.planAge else {
                throw CommandFailure(
                    .brake,
                    "plan \(plan.hash.short) was made at \(plan.createdAt), longer ago than plan_age allows: make a new one with synctec plan"
                )
            }
            let newest = try await session.ledger.newestPlan(settings.team, destination: plan.destination)
            guard newest?.hash == plan.hash else {
                throw CommandFailure(
                    .brake,
                    "\(plan.destination) has a newer plan, \(newest?.hash.short ?? ""): look at that one, or make a new one"
                )
            }
            let report = try await RunRunner(session: session, settings: settings)
                .run(.apply(plan), only: [plan.destination])
            try team.output.tell(report.text)
            try RunRunner.end(report, team.output)
        }
    }
}

/// The command `synctec approve`.
struct Approve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Releases a braked plan, once.",
        discussion: """
            The next run, or apply, uses the approval up. It counts for the parts of the plan that come out exactly as they were \
            approved. The approval of a first plan, or of the first after the rules changed, accepts those rules.

            Example: synctec approve 3f2a9c41d0e7 && synctec run
            """
    )

    @Argument(help: "The plan's hash, or its first signs.")
    var hash: String

    @Flag(help: "Also releases the plan's held prices and moved SKUs, in just the form it shows.")
    var held = false

    @OptionGroup var team: TeamOptions

    mutating func run() async throws {
        let settings = try team.load()
        try await Session.with(settings, team.output) { session in
            let plan = try await StoredPlans(session: session, team: settings.team).stored(hash)
            do throws(LedgerError) {
                try await session.ledger.approve(
                    plan.hash,
                    of: settings.team,
                    held: held,
                    by: Holder.actor,
                    at: .now
                )
            } catch {
                throw CommandFailure(error)
            }
            if team.json {
                try Console.out(
                    try JSONText.of([
                        "approved": plan.hash.text, "destination": plan.destination.text, "held": held ? "yes" : "no",
                    ])
                )
            } else {
                try team.output.tell(
                    "approved \(plan.hash.short) for \(plan.destination)\(held ? ", held items included" : "")"
                )
                team.output.note("next: synctec run, or synctec apply \(plan.hash.short)")
            }
        }
    }
}
