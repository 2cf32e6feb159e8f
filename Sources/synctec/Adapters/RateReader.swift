import Catalog
import Foundation
import Pricing
import Runs
import Settings
import Transport

/// Exchange rates as the settings say: from the ECB, a table, or a file.
struct RateReader: RateSource {
    let settings: RateSettings
    let transport: any HTTPExchanging
    let clock: RunClock

    /// The daily file of euro foreign exchange reference rates (European Central Bank).
    static let ecbDaily = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
    private static let mostBytes = RateFile.mostBytes

    func rates(base: Currency) async throws(RateSourceError) -> RateTable {
        switch settings.origin {
        case .ecb(let url): return try await ecb(url ?? Self.ecbDaily)
        case .table(let rates): return try table(rates, base: base)
        case .file(let path):
            do {
                return try RateFile(path: path).table()
            } catch {
                throw RateSourceError("rates.file: \(error)")
            }
        }
    }

    private func ecb(_ url: String) async throws(RateSourceError) -> RateTable {
        let response: HTTPResponse
        do {
            response = try await transport.send(
                HTTPRequest(
                    url: url,
                    limits: HTTPLimits(
                        connect: .seconds(10),
                        idle: .seconds(20),
                        total: .seconds(60),
                        bodyBytes: Self.mostBytes
                    ),
                    reach: settings.allowInsecureEndpoint ? .publicHTTPSOrLoopback : .publicHTTPS
                )
            )
        } catch {
            throw RateSourceError("no rates from \(url): \(error)")
        }
        guard response.status == 200 else {
            throw RateSourceError("no rates from \(url): it answered \(response.status)")
        }
        do {
            return try RateTable(ecbDailyXML: response.body)
        } catch {
            throw RateSourceError("the rates from \(url) do not read: \(error)")
        }
    }

    private func table(_ rates: [Currency: ExactDecimal], base: Currency) throws(RateSourceError) -> RateTable {
        guard let today = CalendarDate(daysSinceEpoch: Int(clock.now().seconds / 86_400)) else {
            throw RateSourceError("the clock says \(clock.now()): set it right")
        }
        do {
            return try RateTable(
                base: base,
                date: today,
                origin: "table in settings",
                rates: rates.filter { $0.key != base }
            )
        } catch {
            throw RateSourceError("rates.table: \(error)")
        }
    }
}
