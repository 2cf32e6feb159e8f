/// Chooses how corrections of content and prices are sent: call by call, or by bulk operations.
///
/// Both ways end in the same values under the same checks. Which one ends sooner follows from the store's own bucket: single calls
/// wait for points, bulk operations for the store. There is no count from which bulk wins at every store.
package struct CallPlanner: Sendable {
    /// What has to be read and sent.
    package struct Work: Sendable, Hashable {
        /// Variants to read before and after.
        package var variants: Int
        /// Products to read before and after.
        package var products: Int
        /// Updates of variants: one per product and ``StoreLimits/variantsPerCall``.
        package var variantCalls: Int
        /// Updates of products.
        package var productCalls: Int
        /// Variants of the whole store, which a bulk query passes over.
        package var storeVariants: Int
        /// Products of the whole store.
        package var storeProducts: Int

        /// Work of these sizes.
        package init(
            variants: Int,
            products: Int,
            variantCalls: Int,
            productCalls: Int,
            storeVariants: Int,
            storeProducts: Int
        ) {
            self.variants = variants
            self.products = products
            self.variantCalls = variantCalls
            self.productCalls = productCalls
            self.storeVariants = storeVariants
            self.storeProducts = storeProducts
        }
    }

    /// What a way comes to.
    package struct Estimate: Sendable, Hashable {
        /// Calls of every kind, as far as they can be counted before.
        package let calls: Int
        /// Points they draw.
        package let points: Double
        /// From now to the last answer.
        package let seconds: Double
    }

    /// The two ways.
    package enum Way: Sendable, Hashable {
        /// One mutation per product, a batch read by number before and after.
        case calls
        /// A few operations over files of inputs, a bulk query before.
        case bulk
    }

    /// The figures it goes by.
    package let pace: StorePace

    /// Goes by these figures.
    package init(pace: StorePace) {
        self.pace = pace
    }

    /// The way that ends sooner; single calls where both take as long.
    package func way(for work: Work) -> Way {
        bulk(work).seconds < calls(work).seconds ? .bulk : .calls
    }

    /// The way and what both would take, in words.
    func text(_ way: Way, for work: Work) -> String {
        let (single, bulk) = (Int(calls(work).seconds.rounded(.up)), Int(bulk(work).seconds.rounded(.up)))
        return way == .bulk
            ? "content and prices go in bulk: about \(bulk) s, call by call about \(single) s"
            : "content and prices go call by call: about \(single) s, in bulk about \(bulk) s"
    }

    /// Whether a bulk query over the whole store, of at least so many objects, reads these sooner than reading them by number.
    func surveys(variants: Int, products: Int) -> Bool {
        let points = Double(variants) * pace.pointsPerVariant + Double(products) * pace.pointsPerProduct
        let objects = Double(max(variants, products))
        return pace.secondsPerBulk + objects / max(pace.exportedPerSecond, 1) < refill(points)
    }

    /// Call by call.
    package func calls(_ work: Work) -> Estimate {
        let reading = Double(work.variants) * pace.pointsPerVariant + Double(work.products) * pace.pointsPerProduct
        let points =
            2 * reading + Double(work.variantCalls) * pace.pointsPerVariantsCall
            + Double(work.productCalls) * pace.pointsPerProductCall
        let reads = Self.pages(work.variants) + Self.pages(work.products)
        let calls = 2 * reads + work.variantCalls + work.productCalls
        let answering = Double(calls) * pace.secondsPerCall / Double(max(pace.callsInFlight, 1))
        return Estimate(calls: calls, points: points, seconds: max(refill(points), answering))
    }

    /// By bulk operations: whole-store queries first, then the lines, so many operations at once.
    package func bulk(_ work: Work) -> Estimate {
        let queries = (work.variantCalls > 0 || work.variants > 0 ? 1 : 0) + (work.productCalls > 0 ? 1 : 0)
        let objects = max(
            work.variants > 0 ? work.storeVariants : 0,
            work.productCalls > 0 ? work.storeProducts : 0
        )
        let shares = operations(work.variantCalls) + operations(work.productCalls)
        let lines = work.variantCalls + work.productCalls
        let surveying = queries == 0 ? 0 : pace.secondsPerBulk + Double(objects) / max(pace.exportedPerSecond, 1)
        let atOnce = Double(max(min(shares, pace.bulkInFlight), 1))
        let writing = shares == 0 ? 0 : pace.secondsPerBulk + Double(lines) / (max(pace.linesPerSecond, 0.01) * atOnce)
        let points = Double(queries + shares) * pace.pointsPerBulk
        return Estimate(
            calls: (queries + shares) * 3,
            points: points,
            seconds: max(refill(points), surveying + writing)
        )
    }

    /// Operations that so many lines are shared out to: as many as may run at once, but none for less than its own start takes.
    package func operations(_ lines: Int) -> Int {
        guard lines > 0 else { return 0 }
        let worthwhile = max(1, Int(pace.secondsPerBulk * pace.linesPerSecond))
        return max(1, min(pace.bulkInFlight, lines / worthwhile))
    }

    /// Seconds until the bucket has given so many points.
    private func refill(_ points: Double) -> Double {
        max(0, points - pace.available) / max(pace.restoreRate, 0.01)
    }

    private static func pages(_ count: Int) -> Int {
        (count + StoreLimits.idsPerRead - 1) / StoreLimits.idsPerRead
    }
}
