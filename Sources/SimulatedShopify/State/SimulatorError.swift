/// What keeps a pretend store from starting, or a control call from being done.
public enum SimulatorError: Error, Equatable, CustomStringConvertible {
    /// A product or location of the configuration makes no sense.
    case badCatalogue(shop: String, reason: String)
    /// A scenario file says something that cannot be.
    case badScenario(file: String, reason: String)
    /// A product CSV cannot be read.
    case badCSV(file: String, line: Int, reason: String)
    /// A control call names something the store does not have, or a value it cannot take.
    case badControl(String)
    /// The server could not listen.
    case cannotListen(shop: String, port: Int, reason: String)

    /// What is wrong, as one sentence for the person who started the store.
    public var description: String {
        switch self {
        case .badCatalogue(let shop, let reason): "\(shop): \(reason)"
        case .badScenario(let file, let reason): "\(file): \(reason)"
        case .badCSV(let file, let line, let reason): "\(file), line \(line): \(reason)"
        case .badControl(let reason): reason
        case .cannotListen(let shop, let port, let reason):
            "\(shop): cannot listen on port \(port): \(reason); choose another, or 0 for any free one"
        }
    }
}
