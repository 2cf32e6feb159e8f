import Snapshots
import Testing

/// Fingerprints are kept in the ledger: a new version must find the same ones.
@Suite struct `fingerprints of golden texts` {
    @Test(arguments: zip(Self.texts, Self.golden))
    func `the fingerprint is the one of all versions before`(text: (String, CanonicalForm), golden: (UInt64, UInt64)) {
        let found = testKey().fingerprint(of: text.0, form: text.1)
        #expect(found == Fingerprint(high: golden.0, low: golden.1))
    }

    private static let texts: [(String, CanonicalForm)] = [
        ("A", .exact), ("NOR-00000001-XS", .exact), ("4000000000007", .code), (" 6109.10\n", .code),
        ("Señorial Lamp 1 / Duo", .text), ("e\u{301}\r\nx", .text), ("Sale ", .tags), ("ÉTÉ", .tags), ("pt", .country),
        ("<p>a</p>\n<P>b &nbsp;<br /></P>", .html), (String(repeating: "abcdefgh", count: 25), .text),
        (String(repeating: "<p>word and word</p>\n", count: 30), .html), (String(repeating: "x", count: 2049), .text),
        (String(repeating: "日本", count: 20_000), .text),
    ]

    private static let golden: [(UInt64, UInt64)] = [
        (0xBA34_ABA3_5E2F_B82E, 0x123E_1CB3_ADD9_B9D7),
        (0xB105_A297_3EEB_B5AC, 0xD7D9_AE45_8159_B7E5),
        (0xD932_394E_93AC_2960, 0x9CE1_B935_3631_B777),
        (0x9A53_6F7E_6443_D596, 0x1AFB_CDFB_A296_D1A5),
        (0xDBEB_FFFC_B05F_D389, 0xEB26_0897_0CD6_A735),
        (0x6057_DB55_3AD8_D7A8, 0xD541_089A_823B_B009),
        (0xF26B_B0CA_5078_4E2F, 0x6618_4D77_D4FA_A62C),
        (0x4A1A_22A0_7E2C_16F1, 0x4DE9_93DA_6D13_4ACD),
        (0xB6B6_C869_3851_59D9, 0xA8E2_41B3_EC25_C73C),
        (0x1493_99AE_7B7D_C8D5, 0xFD62_E244_E927_1A5A),
        (0xC5E2_00DF_BD32_CD73, 0x6A5F_3D65_F9C7_B129),
        (0x2910_09F3_01F8_1D99, 0x42C7_856D_A0A0_895C),
        (0x5E6C_AAC8_B1E4_6F3A, 0xF507_2147_43B9_0E94),
        (0x5149_7734_2D70_A242, 0xF3BC_E39F_B89A_3BEB),
    ]
}
