import Catalog

/// Weights of lines, in milligrams.
enum PackedWeight {
    /// The unit of the API's word, nil for an unknown one.
    static func unit(_ text: UnsafeBufferPointer<UInt8>) -> Weight.Unit? {
        if text.equals("KILOGRAMS") { return .kilograms }
        if text.equals("GRAMS") { return .grams }
        if text.equals("POUNDS") { return .pounds }
        return text.equals("OUNCES") ? .ounces : nil
    }

    /// As ``Weight/milligrams(_:unit:)``, in whole 64-bit arithmetic for the short metric numbers that nearly all weights are.
    static func milligrams(_ digits: UnsafeBufferPointer<UInt8>, unit: Weight.Unit) -> Int64? {
        let decimals: Int
        switch unit {
        case .kilograms: decimals = 6
        case .grams: decimals = 3
        case .pounds, .ounces: return Weight.milligrams(digits, unit: unit)
        }
        guard digits.count <= 11, let first = digits.first, first >= 0x30, first <= 0x39 else {
            return Weight.milligrams(digits, unit: unit)
        }
        var value: Int64 = 0
        var left = decimals
        var hasPoint = false
        for byte in digits {
            if byte >= 0x30, byte <= 0x39 {
                value = value * 10 + Int64(byte - 0x30)
                if hasPoint { left -= 1 }
            } else if byte == 0x2E, !hasPoint {
                hasPoint = true
            } else {
                return Weight.milligrams(digits, unit: unit)
            }
        }
        guard left >= 0 else { return Weight.milligrams(digits, unit: unit) }
        for _ in 0..<left { value *= 10 }
        return value
    }
}
