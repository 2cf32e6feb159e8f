import Catalog
import Pricing
import Reconciliation
import Reporting

/// A price that went, or would go, from one amount to another in one run.
///
/// All arithmetic is in whole numbers; the share is rounded once, for people.
struct PriceMove: Sendable {
    /// The destination.
    let shop: ShopDomain
    /// The row it is made of.
    let row: CorrectionRow
    /// The change in tenths of a percent of the old amount, half away from zero.
    let tenths: Int128

    /// `nil` for a row that is no move of a price from one amount above zero to another.
    init?(_ row: CorrectionRow, at shop: ShopDomain) {
        guard row.field == .price, let old = Self.digits(row.old), let new = Self.digits(row.new), old.0 > 0 else {
            return nil
        }
        let scale = max(old.scale, new.scale)
        let (before, after) = (old.0 * Self.power(scale - old.scale), new.0 * Self.power(scale - new.scale))
        guard before != after else { return nil }
        let doubled = (after - before) * 2000
        tenths = (doubled + (doubled < 0 ? -before : before)) / (before * 2)
        self.shop = shop
        self.row = row
    }

    /// Such as `+12.5 %`; `+0.0 %` is told as less than a tenth.
    var percent: String {
        let size = tenths.magnitude
        let sign = tenths < 0 ? "−" : "+"
        guard size > 0 else { return "under 0.1 %" }
        return "\(sign)\(PageText.number(size / 10)).\(size % 10) %"
    }

    /// The largest moves, the largest first; equal ones by shop and SKU.
    static func largest(_ most: Int, in parts: [DestinationReport]) -> [PriceMove] {
        var largest: [PriceMove] = []
        for part in parts {
            // By index: most rows of a large run are no more than looked at.
            for index in part.corrections.indices where part.corrections[index].field == .price {
                guard let move = PriceMove(part.corrections[index], at: part.shop) else { continue }
                if largest.count == most, let last = largest.last, !isLarger(move, last) { continue }
                largest.insert(move, at: largest.firstIndex { isLarger(move, $0) } ?? largest.endIndex)
                if largest.count > most { largest.removeLast() }
            }
        }
        return largest
    }

    private static func isLarger(_ left: PriceMove, _ right: PriceMove) -> Bool {
        if left.tenths.magnitude != right.tenths.magnitude { return left.tenths.magnitude > right.tenths.magnitude }
        if left.shop != right.shop { return left.shop < right.shop }
        return left.row.sku.utf8.lexicographicallyPrecedes(right.row.sku.utf8)
    }

    /// Amounts have at most 15 digits and 4 decimals; anything else is left out rather than overflow.
    private static func digits(_ text: String) -> (Int128, scale: Int)? {
        guard let decimal = try? ExactDecimal(parsing: text), decimal.scale <= 6,
            decimal.digits.magnitude < 1_000_000_000_000_000_000
        else { return nil }
        return (decimal.digits, decimal.scale)
    }

    private static func power(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
