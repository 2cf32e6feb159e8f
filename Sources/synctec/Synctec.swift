import ArgumentParser

/// The command.
@main struct Synctec: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "synctec", abstract: "Keeps reseller stores in step with their supplier's store.")
}
