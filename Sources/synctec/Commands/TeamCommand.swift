public import ArgumentParser
import Catalog
import Foundation
import Pricing
import Reconciliation
import Reporting
import Runs
public import Settings

/// The command `synctec team`.
struct TeamCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "team",
        abstract: "Founds a team, and lets stores join, be approved, and leave.",
        discussion: """
            The Team ID is an address: it finds the team and gives no right. Every move is proven by the token of the store that \
            makes it.

            Example: synctec team show --settings synctec.yaml
            """,
        subcommands: [
            Create.self, Join.self, ApproveMember.self, Reject.self, Suspend.self, Leave.self, Show.self,
        ]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Founds a team around the supplier's shop and prints its Team ID.",
            discussion: "Example: synctec team create --shop northwind-supply --credentials /etc/synctec/credentials"
        )

        @Option(help: "The supplier's shop.", transform: ShopDomain.told)
        var shop: ShopDomain

        @Flag(help: "Founds a further team though the shop is the source of one already.")
        var another = false

        @OptionGroup var place: TeamPlace

        mutating func run() async throws {
            try await place.with { session, settings in
                var generator = SystemRandomNumberGenerator()
                let team = try await told {
                    try await session.teamLife().create(
                        source: try place.address(of: shop, in: settings),
                        another: another,
                        using: &generator
                    )
                }
                if place.json {
                    try Console.out(try JSONText.of(["team": team.text, "source": shop.text]))
                } else {
                    try Console.out(team.text)
                    let same = place.optionsForSettings
                    place.output.note(
                        "next: synctec init --team \(team) --source \(shop.name) > synctec.yaml"
                            + (same.isEmpty
                                ? "" : ", and set \(same.joined(separator: ", ")) in it as they were given here")
                    )
                }
            }
        }
    }

    struct Join: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "join",
            abstract: "Asks for a place in a team; the supplier approves it.",
            discussion:
                "Example: synctec team join SP-TEAM-7KQ2MX --shop lumen-home --credentials /etc/synctec/credentials"
        )

        @Argument(help: "The Team ID the supplier gave: SP-TEAM- and six signs.", transform: TeamID.told)
        var team: TeamID

        @Option(help: "The reseller's shop.", transform: ShopDomain.told)
        var shop: ShopDomain

        @OptionGroup var place: TeamPlace

        mutating func run() async throws {
            try await place.with { session, settings in
                let identity = try await told {
                    try await session.teamLife().join(team, destination: try place.address(of: shop, in: settings))
                }
                if place.json {
                    try Console.out(try JSONText.of(["team": team.text, "shop": shop.text, "state": "requested"]))
                } else {
                    try place.output.tell(
                        "\(identity.name) (\(shop), \(identity.currency.code)) asked to join \(team); the supplier approves it with: synctec team approve \(shop)"
                    )
                }
            }
        }
    }

    struct ApproveMember: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "approve",
            abstract: "Lets a store into the team; proven by the source's token.",
            discussion: "Example: synctec team approve lumen-home --settings synctec.yaml"
        )

        @Argument(help: "The reseller's shop.", transform: ShopDomain.told) var shop: ShopDomain
        @OptionGroup var options: TeamOptions
        @Option(help: "A note for the history.") var note = ""

        mutating func run() async throws { try await decide(.approved, shop, options, note) }
    }

    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reject",
            abstract: "Turns a request down; proven by the source's token.",
            discussion: "Example: synctec team reject lumen-home --note \"no contract\""
        )

        @Argument(help: "The reseller's shop.", transform: ShopDomain.told) var shop: ShopDomain
        @OptionGroup var options: TeamOptions
        @Option(help: "A note for the history.") var note = ""

        mutating func run() async throws { try await decide(.rejected, shop, options, note) }
    }

    struct Suspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "suspend",
            abstract: "Stops a store for a while; proven by the source's token.",
            discussion: "Example: synctec team suspend lumen-home --stock zero-stock"
        )

        @Argument(help: "The reseller's shop.", transform: ShopDomain.told) var shop: ShopDomain
        @OptionGroup var options: TeamOptions
        @Option(help: "What happens to its stock: keep or zero-stock. Left out: on_leave of the settings.")
        var stock: LeaveAction?
        @Option(help: "A note for the history.") var note = ""

        mutating func run() async throws {
            let settings = try options.load()
            try await Session.with(settings, options.output) { session in
                try await empty(shop, stock, settings, session)
                try await told {
                    try await session.teamLife().decide(
                        .suspended,
                        on: shop,
                        in: settings.team,
                        source: settings.source.store,
                        note: note
                    )
                }
                try say(shop, .suspended, options.output)
            }
        }
    }

    struct Leave: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "leave",
            abstract: "Takes a store out of the team; proven by that store's token.",
            discussion: "Example: synctec team leave --shop lumen-home --stock keep"
        )

        @Option(help: "The reseller's shop.", transform: ShopDomain.told) var shop: ShopDomain
        @OptionGroup var options: TeamOptions
        @Option(help: "What happens to its stock: keep or zero-stock. Left out: on_leave of the settings.")
        var stock: LeaveAction?
        @Option(help: "A note for the history.") var note = ""

        mutating func run() async throws {
            let settings = try options.load()
            guard let destination = settings.destination(shop) else {
                throw CommandFailure(
                    .usage,
                    "\(shop) is not in the settings: add it under destinations, so that its address is known"
                )
            }
            try await Session.with(settings, options.output) { session in
                try await empty(shop, stock, settings, session)
                try await told {
                    try await session.teamLife().leave(settings.team, destination: destination.store, note: note)
                }
                try say(shop, .left, options.output)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Shows the team, its stores and their history.",
            discussion: "Example: synctec team show --settings synctec.yaml --json"
        )

        @OptionGroup var options: TeamOptions

        mutating func run() async throws {
            let settings = try options.load()
            try await Session.with(settings, options.output) { session in
                let (team, members) = try await told { try await session.teamLife().show(settings.team) }
                if options.json {
                    try Console.out(try JSONText.of(TeamDocument(team, members)))
                    return
                }
                try Console.out(
                    "\(team.id)  source \(team.source.shop) (\(team.source.currency.code)), founded \(team.createdAt) by \(team.createdBy)"
                )
                for member in members {
                    try Console.out("\(member.store.shop) (\(member.store.currency.code))  \(member.state.rawValue)")
                    for event in member.history {
                        try Console.out(
                            "    \(event.at)  \(event.state.rawValue) by \(event.actor)\(event.note.isEmpty ? "" : ": \(event.note)")"
                        )
                    }
                }
            }
        }
    }
}

extension LeaveAction: ExpressibleByArgument {}

/// Turns a failure of a run into the command's.
func told<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let error as RunError {
        throw CommandFailure(error)
    }
}

private func decide(
    _ state: MembershipState,
    _ shop: ShopDomain,
    _ options: TeamOptions,
    _ note: String
) async throws {
    let settings = try options.load()
    try await Session.with(settings, options.output) { session in
        try await told {
            try await session.teamLife().decide(
                state,
                on: shop,
                in: settings.team,
                source: settings.source.store,
                note: note
            )
        }
        try say(shop, state, options.output)
    }
}

/// Sets the store's stock to zero first, where that is the policy.
private func empty(
    _ shop: ShopDomain,
    _ asked: LeaveAction?,
    _ settings: TeamSettings,
    _ session: Session
) async throws {
    let action = asked ?? settings.destination(shop)?.onLeave ?? .keep
    guard action == .zeroStock else { return }
    let report = try await RunRunner(session: session, settings: settings).run(.leave, only: [shop])
    let ended = report.destinations.first.flatMap { ExitStatus(rawValue: $0.status) } ?? .internal
    guard let destination = report.destinations.first, destination.summary.failed + destination.summary.left == 0,
        ended <= .attention, destination.plan != nil
    else {
        throw CommandFailure(
            ended,
            "the stock of \(shop) was not set to zero: \(report.text)\nits membership stays as it is"
        )
    }
    try session.output.tell(report.text)
}

private func say(_ shop: ShopDomain, _ state: MembershipState, _ output: Output) throws {
    if output.json {
        try Console.out(try JSONText.of(["shop": shop.text, "state": state.rawValue]))
    } else {
        try output.tell("\(shop) is \(state.rawValue)")
    }
}
