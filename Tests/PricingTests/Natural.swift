/// A whole number of any size, by schoolbook multiplication: the reference that prices are held against.
///
/// It shares nothing with the module: no division, no 128-bit integer.
struct Natural: Comparable {
    /// Base 2^32, least first, no zeros at the end.
    private var limbs: [UInt64]

    init(_ value: UInt64) {
        limbs = [value & 0xFFFF_FFFF, value >> 32]
        trim()
    }

    static func power(ofTen exponent: Int) -> Natural {
        (0..<exponent).reduce(Natural(1)) { power, _ in power * Natural(10) }
    }

    static func * (left: Natural, right: Natural) -> Natural {
        var product = Natural(0)
        product.limbs = Array(repeating: 0, count: left.limbs.count + right.limbs.count)
        for (i, a) in left.limbs.enumerated() {
            var carry: UInt64 = 0
            for (j, b) in right.limbs.enumerated() {
                let sum = a * b + product.limbs[i + j] + carry
                product.limbs[i + j] = sum & 0xFFFF_FFFF
                carry = sum >> 32
            }
            product.limbs[i + right.limbs.count] = carry
        }
        product.trim()
        return product
    }

    static func + (left: Natural, right: Natural) -> Natural {
        var sum = Natural(0)
        var carry: UInt64 = 0
        sum.limbs = (0...max(left.limbs.count, right.limbs.count)).map { index in
            let limb = left.limb(index) + right.limb(index) + carry
            carry = limb >> 32
            return limb & 0xFFFF_FFFF
        }
        sum.trim()
        return sum
    }

    static func < (left: Natural, right: Natural) -> Bool {
        guard left.limbs.count == right.limbs.count else { return left.limbs.count < right.limbs.count }
        return left.limbs.reversed().lexicographicallyPrecedes(right.limbs.reversed())
    }

    /// Whether `rounded` is `numerator / denominator`, rounded to a whole number, half to even: the distance is at most a
    /// half, and at exactly a half the number is even.
    static func isHalfEven(_ rounded: UInt64, of numerator: Natural, over denominator: Natural) -> Bool {
        let twice = Natural(2) * numerator
        let above = Natural(2) * Natural(rounded) * denominator + denominator
        let lowest = Natural(2) * Natural(rounded) * denominator
        let isEven = rounded & 1 == 0
        let notAbove = isEven ? twice <= above : twice < above
        let notBelow = isEven ? lowest <= twice + denominator : lowest < twice + denominator
        return notAbove && notBelow
    }

    private func limb(_ index: Int) -> UInt64 { index < limbs.count ? limbs[index] : 0 }

    private mutating func trim() {
        while limbs.last == 0 { limbs.removeLast() }
    }
}
