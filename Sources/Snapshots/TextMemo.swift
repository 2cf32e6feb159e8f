import CSimdjson
import Glibc

/// What descriptions came to in their canonical form, by the bytes that files have for them.
///
/// A store's description mostly stands in its resellers' files byte for byte; whichever file has it first has the work, and the
/// others only its hash. Shared by the readers of stores that are compared, under one ``FingerprintKey``; holds so many texts and no
/// more, 16 bytes each. What it doesn't know is read, so that what comes out never depends on it.
///
/// `@unchecked Sendable`: the table is made for many threads.
public final class TextMemo: @unchecked Sendable {
    private let table: OpaquePointer?

    /// A memo for about so many different texts.
    public init(texts: Int) {
        table = csj_memo_create(texts * 3 / 2)
    }

    /// A memo for a file and others like it, by what a product takes there at least.
    public convenience init(file path: String) {
        var status = stat()
        let bytes = stat(path, &status) == 0 ? Int(status.st_size) : 0
        self.init(texts: min(bytes / 6144, 1 << 22))
    }

    deinit {
        if let table { csj_memo_destroy(table) }
    }

    /// Brings nearer what is known of a text.
    func approach(_ raw: Fingerprint) {
        if let table { csj_memo_prefetch(table, raw.low) }
    }

    /// What is known of a text.
    func canonical(of raw: Fingerprint) -> TextFingerprint? {
        guard let table else { return nil }
        let bits = csj_memo_find(table, raw.high, raw.low)
        return bits == 0 ? nil : TextFingerprint(bits: bits)
    }

    /// Keeps what a text came to.
    func keep(_ canonical: TextFingerprint, of raw: Fingerprint) {
        guard let table, !canonical.isNone else { return }
        csj_memo_keep(table, raw.high, raw.low, canonical.bits)
    }
}
