/// The active currencies of ISO 4217 that have minor units, by their number of decimals.
///
/// Source: github.com/datasets/currency-codes, data/codes-all.csv of 2026-02-01 (rows without a withdrawal date and with
/// a number as minor unit), held against ISO 4217 list one as published on 2024-06-25. Since that list BGN, ANG and CUC
/// were withdrawn, XCG and XAD added.
enum CurrencyTable {
    private static let withoutDecimals: StaticString =
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"

    private static let withTwoDecimals: StaticString = """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE \
        CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD \
        HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK \
        MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD \
        RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH \
        USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
        """

    private static let withThreeDecimals: StaticString = "BHD IQD JOD KWD LYD OMR TND"

    private static let withFourDecimals: StaticString = "CLF UYW"

    /// Decimals of the currency whose three letters are packed big-endian into an integer; nil if it isn't listed.
    static func decimals(ofCode letters: UInt32) -> UInt32? {
        let lists: [(StaticString, UInt32)] = [
            (withTwoDecimals, 2), (withoutDecimals, 0), (withThreeDecimals, 3), (withFourDecimals, 4),
        ]
        return lists.first { contains($0.0, letters) }?.1

        func contains(_ list: StaticString, _ letters: UInt32) -> Bool {
            list.withUTF8Buffer { bytes in
                stride(from: 0, to: bytes.count - 2, by: 4).contains { start in
                    UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) == letters
                }
            }
        }
    }
}
