/// What a store's budget allows and its calls cost: as the store told it so far, else as documented.
///
/// A call draws points from a bucket that refills at a constant rate (Shopify Admin API, "API limits"); what runs inside a bulk
/// operation is not drawn from it.
public struct StorePace: Sendable, Hashable {
    /// Points in the bucket now.
    public var available: Double
    /// Points it gains each second.
    public var restoreRate: Double
    /// Calls that may be under way at once.
    public var callsInFlight: Int
    /// From sending a call to its answer.
    public var secondsPerCall: Double

    /// To read one variant by number.
    public var pointsPerVariant: Double
    /// To read one product by number.
    public var pointsPerProduct: Double
    /// To update variants of one product.
    public var pointsPerVariantsCall: Double
    /// To update one product.
    public var pointsPerProductCall: Double

    /// Objects that a bulk query writes each second.
    public var exportedPerSecond: Double
    /// Lines that one bulk mutation works off each second.
    public var linesPerSecond: Double
    /// Bulk mutations that may run at once.
    public var bulkInFlight: Int
    /// From the start of a bulk operation to its first line, and from its end to the fetched file.
    public var secondsPerBulk: Double
    /// To upload, start, watch and fetch one bulk operation.
    public var pointsPerBulk: Double

    /// A pace of these figures.
    public init(
        available: Double,
        restoreRate: Double,
        callsInFlight: Int,
        secondsPerCall: Double,
        pointsPerVariant: Double,
        pointsPerProduct: Double,
        pointsPerVariantsCall: Double,
        pointsPerProductCall: Double,
        exportedPerSecond: Double,
        linesPerSecond: Double,
        bulkInFlight: Int,
        secondsPerBulk: Double,
        pointsPerBulk: Double
    ) {
        self.available = available
        self.restoreRate = restoreRate
        self.callsInFlight = callsInFlight
        self.secondsPerCall = secondsPerCall
        self.pointsPerVariant = pointsPerVariant
        self.pointsPerProduct = pointsPerProduct
        self.pointsPerVariantsCall = pointsPerVariantsCall
        self.pointsPerProductCall = pointsPerProductCall
        self.exportedPerSecond = exportedPerSecond
        self.linesPerSecond = linesPerSecond
        self.bulkInFlight = bulkInFlight
        self.secondsPerBulk = secondsPerBulk
        self.pointsPerBulk = pointsPerBulk
    }
}
