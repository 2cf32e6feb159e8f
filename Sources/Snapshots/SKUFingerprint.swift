public import Catalog

/// How SKUs are fingerprinted: those of up to fifteen bytes, as nearly all are, so that the key gives the text back.
///
/// A block of sixteen bytes holds the text and its length, or 120 bits of the keyed hash of a longer one. The block is then turned
/// into another in a way that only the key's holder can foretell or turn back. So no two short SKUs ever have one fingerprint, and
/// all bits look random, as whoever looks one up in a table relies on.
extension FingerprintKey {
    /// The longest SKU whose text is in its fingerprint, in bytes.
    static let longestPackedSKU = 15
    /// What stands in place of a length for a longer SKU.
    private static let hashedMark: UInt64 = 0xFF

    /// The fingerprint of a SKU: its exact bytes.
    public func fingerprint(of sku: SKU) -> Fingerprint {
        var text = sku.text
        return text.withUTF8 { fingerprint(ofSKU: $0) }
    }

    /// The fingerprint of a SKU's bytes; ``Fingerprint/none`` for none.
    @inline(__always)
    func fingerprint(ofSKU bytes: UnsafeBufferPointer<UInt8>) -> Fingerprint {
        guard let start = UnsafeRawPointer(bytes.baseAddress), !bytes.isEmpty else { return .none }
        let count = bytes.count
        guard count <= Self.longestPackedSKU else {
            let hash = hash(bytes)
            return mixed(Fingerprint(high: hash.high & ~(Self.hashedMark << 56) | Self.hashedMark << 56, low: hash.low))
        }
        func word(at place: Int) -> UInt64 { start.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian }
        var (low, high) = (UInt64(0), UInt64(0))
        if count >= 8 {
            low = word(at: 0)
            high = word(at: count - 8) >> UInt64(8 * (16 - count))
        } else {
            for place in 0..<count { low |= UInt64(bytes[place]) << UInt64(8 * place) }
        }
        return mixed(Fingerprint(high: high | UInt64(count) << 56, low: low))
    }

    /// The text of a SKU whose fingerprint holds it; nil for a longer one, and for none.
    func skuText(of fingerprint: Fingerprint) -> String? {
        guard !fingerprint.isNone else { return nil }
        let block = unmixed(fingerprint)
        let count = Int(block.high >> 56)
        guard count <= Self.longestPackedSKU else { return nil }
        return String(unsafeUninitializedCapacity: count) { memory in
            for place in 0..<count {
                let word = place < 8 ? block.low : block.high
                memory[place] = UInt8(truncatingIfNeeded: word >> UInt64(8 * (place & 7)))
            }
            return count
        }
    }

    /// Four rounds of a Feistel network: each half in turn is changed by what the key makes of the other.
    @inline(__always)
    private func mixed(_ block: Fingerprint) -> Fingerprint {
        let keys = roundKeys
        var (high, low) = (block.high, block.low)
        low ^= Self.round(high, keys.0)
        high ^= Self.round(low, keys.1)
        low ^= Self.round(high, keys.2)
        high ^= Self.round(low, keys.3)
        return Fingerprint(high: high, low: low)
    }

    /// The block that was mixed into another.
    private func unmixed(_ block: Fingerprint) -> Fingerprint {
        let keys = roundKeys
        var (high, low) = (block.high, block.low)
        high ^= Self.round(low, keys.3)
        low ^= Self.round(high, keys.2)
        high ^= Self.round(low, keys.1)
        low ^= Self.round(high, keys.0)
        return Fingerprint(high: high, low: low)
    }

    /// Both halves of a product of two numbers that nobody without the key knows.
    @inline(__always)
    private static func round(_ half: UInt64, _ key: RoundKey) -> UInt64 {
        let product = (half ^ key.added).multipliedFullWidth(by: key.factor)
        return product.high ^ product.low
    }
}
