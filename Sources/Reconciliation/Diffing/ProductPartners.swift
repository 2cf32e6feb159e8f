/// The source's product each of the destination's products was first matched with, and those matched with more than one.
struct ProductPartners: Sendable {
    /// The destination's products whose variants come from more than one of the source's products.
    private(set) var mixed: Set<Int> = []
    /// By the destination's product, the source's + 1; 0 where none of its variants is matched.
    private var first: [UInt32]

    init(products: Int) {
        first = Array(repeating: 0, count: products)
    }

    /// How many of the destination's products there are.
    var count: Int { first.count }

    /// Notes that a variant of the one product is matched with one of the other.
    mutating func note(source: UInt32, destination: UInt32) {
        let known = first[Int(destination)]
        if known == 0 {
            first[Int(destination)] = source + 1
        } else if known != source + 1 {
            mixed.insert(Int(destination))
        }
    }

    /// Takes over what was noted of other rows, whose products count from `base`.
    mutating func absorb(_ other: ProductPartners, base: Int) {
        let missing = base + other.first.count - first.count
        if missing > 0 { first.append(contentsOf: repeatElement(0, count: missing)) }
        mixed.formUnion(other.mixed.lazy.map { $0 + base })
        for (product, partner) in other.first.enumerated() where partner != 0 {
            note(source: partner - 1, destination: UInt32(product + base))
        }
    }

    /// Forgets what was noted of some products, to be noted anew.
    mutating func forget(_ products: Set<Int>) {
        mixed.subtract(products)
        for product in products { first[product] = 0 }
    }
}
