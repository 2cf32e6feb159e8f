import CSimdjson
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
    ///
    /// For texts of lines only: bytes behind the text are looked at.
    static func milligrams(_ digits: UnsafeBufferPointer<UInt8>, unit: Weight.Unit) -> Int64? {
        let decimals: Int32
        switch unit {
        case .kilograms: decimals = 6
        case .grams: decimals = 3
        case .pounds, .ounces: return Weight.milligrams(digits, unit: unit)
        }
        var value: Int64 = 0
        guard csj_decimal(digits.baseAddress, digits.count, decimals, &value) else {
            return Weight.milligrams(digits, unit: unit)
        }
        return value
    }
}
