import SimulatedShopify

/// The scenario that `example` prints.
enum ExampleText {
    static let scenario = Scenario.example
}
