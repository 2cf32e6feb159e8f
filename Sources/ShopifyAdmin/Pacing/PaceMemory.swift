import Runs

/// What calls and bulk operations of one store took so far; until they were tried, what is documented.
actor PaceMemory {
    private var costs: [String: (points: Double, units: Double)] = [:]
    private var answering: (seconds: Double, calls: Double) = (0, 0)
    private var exporting: (objects: Double, seconds: Double) = (0, 0)
    private var working: (lines: Double, seconds: Double) = (0, 0)

    /// What one thing costs by the documented default: an object is 1 point, a mutation 10 and its selection (Shopify Admin API,
    /// "API limits").
    static func documentedCost(ofOneOf operation: AdminOperation) -> Double {
        switch operation.name {
        case AdminOperation.variantStates.name: 6
        case AdminOperation.variantPrices.name: 2
        case AdminOperation.productStates.name: 2
        case AdminOperation.stockStates.name: 3
        default: 11
        }
    }

    /// Keeps what a call cost and how long its answer took.
    func learn(_ operation: AdminOperation, cost: Double?, units: Int, took time: Duration) {
        answering.seconds += time / .seconds(1)
        answering.calls += 1
        guard let cost, units > 0 else { return }
        let known = costs[operation.name] ?? (0, 0)
        costs[operation.name] = (known.points + cost, known.units + Double(units))
    }

    /// Keeps how fast a bulk query went.
    func learnExport(objects: Int, took time: Duration) {
        guard objects >= 1000, time > .zero else { return }
        exporting.objects += Double(objects)
        exporting.seconds += time / .seconds(1)
    }

    /// Keeps how fast a bulk mutation went.
    func learnWrite(lines: Int, took time: Duration) {
        guard lines >= 100, time > .zero else { return }
        working.lines += Double(lines)
        working.seconds += time / .seconds(1)
    }

    /// What one thing of an operation costs.
    func cost(ofOneOf operation: AdminOperation) -> Double {
        guard let known = costs[operation.name] else { return Self.documentedCost(ofOneOf: operation) }
        return known.points / known.units
    }

    /// From sending a call to its answer.
    var secondsPerCall: Double { answering.calls > 0 ? answering.seconds / answering.calls : 0.2 }

    /// No figure is documented: what exports of large catalogues were seen to do at least, until one of this store was measured.
    var exportedPerSecond: Double { exporting.seconds > 0 ? exporting.objects / exporting.seconds : 300 }

    /// No figure is documented: a cautious guess until one was measured at this store.
    var linesPerSecond: Double { working.seconds > 0 ? working.lines / working.seconds : 5 }
}
