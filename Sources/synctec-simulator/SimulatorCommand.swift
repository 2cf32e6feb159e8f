import ArgumentParser

/// `synctec-simulator`: pretend Shopify stores, started by hand.
@main
struct SimulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synctec-simulator",
        abstract: "Pretend Shopify stores on this machine, to try synctec on.",
        discussion: """
            Each store is served over HTTP on 127.0.0.1, on a port of its own, and speaks the part of the Admin API \
            (2026-07) that synctec uses: queries, mutations, bulk operations with their files, staged uploads, and the \
            client-credentials grant.

            EXAMPLES
              synctec-simulator example > stores.yaml
              synctec-simulator serve stores.yaml --print-endpoints
              synctec-simulator serve --csv export.csv --sku-fill
              curl http://127.0.0.1:8701/__control/state
              curl -d '{"sku":"A-1","quantity":2}' http://127.0.0.1:8701/__control/sell
            """,
        subcommands: [ServeCommand.self, ExampleCommand.self]
    )
}

/// `synctec-simulator example`.
struct ExampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "example",
        abstract: "Prints a scenario file to start from."
    )

    func run() { print(ExampleText.scenario, terminator: "") }
}
