import ArgumentParser
import Catalog
import Settings

/// The command `synctec init`.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes a commented settings file to standard output.",
        discussion:
            "Example: synctec init --team SP-TEAM-7KQ2MX --source northwind-supply --destination lumen-home > synctec.yaml"
    )

    @Option(
        help: ArgumentHelp("The Team ID, as synctec team create printed it: SP-TEAM- and six signs.", valueName: "id"),
        transform: TeamID.told
    )
    var team: TeamID

    @Option(help: ArgumentHelp("The supplier's shop.", valueName: "shop"), transform: ShopDomain.told)
    var source: ShopDomain?

    @Option(help: ArgumentHelp("A reseller's shop.", valueName: "shop"), transform: ShopDomain.told)
    var destination: ShopDomain?

    mutating func run() throws {
        try Console.out(TeamSettings.commentedExample(team: team, source: source, destination: destination))
    }
}
