import Foundation
import Pricing
import Runs

/// A local file of rates: the ECB's daily XML or historic CSV, or lines of `from,to,rate,date`; told apart by its content.
struct RateFile {
    static let mostBytes = 8 << 20

    let path: String

    /// The newest day's rates.
    func table() throws(RateSourceError) -> RateTable {
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: Self.mostBytes)
        else {
            throw RateSourceError("\(path) cannot be read")
        }
        let bytes = Array(data)
        do {
            if bytes.first(where: { !" \t\r\n\u{FEFF}".utf8.contains($0) }) == UInt8(ascii: "<") {
                return try RateTable(ecbDailyXML: bytes)
            }
            return try RateTable(csv: String(decoding: bytes, as: UTF8.self), fileName: path)
        } catch {
            throw RateSourceError("\(path): \(error)")
        }
    }
}
