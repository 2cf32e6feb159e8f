public import Catalog
import CXxhash
import Pricing

/// The secret under which texts are fingerprinted, so that nobody can make two texts that collide.
///
/// Fingerprints of different keys don't compare. The secret is kept in the ledger and used by all runs of a team.
/// Texts pass through their ``CanonicalForm`` first; rows of a snapshot and values re-read later use the same code.
public struct FingerprintKey: Sendable {
    /// Immutable after `init`, freed with the last key that shares it; hence safe to share between threads.
    private final class Secret: @unchecked Sendable {
        let bytes: UnsafeMutableBufferPointer<UInt8>
        let roundKeys: RoundKeys

        init(_ source: [UInt8]) {
            bytes = .allocate(capacity: source.count)
            _ = bytes.initialize(from: source)
            roundKeys = RoundKeys(source)
        }

        deinit {
            bytes.deallocate()
        }
    }

    /// What one round of mixing a SKU takes from the secret.
    struct RoundKey {
        let added: UInt64
        /// Odd, so that no half of the product is ever zero alone.
        let factor: UInt64
    }

    /// The rounds' parts, from the first bytes of the secret on.
    private struct RoundKeys {
        let all: (RoundKey, RoundKey, RoundKey, RoundKey)

        init(_ secret: [UInt8]) {
            func word(_ number: Int) -> UInt64 {
                secret[number * 8..<number * 8 + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
            }
            func key(_ round: Int) -> RoundKey { RoundKey(added: word(2 * round), factor: word(2 * round + 1) | 1) }
            all = (key(0), key(1), key(2), key(3))
        }
    }

    var roundKeys: (RoundKey, RoundKey, RoundKey, RoundKey) {
        @inline(__always) get { secret.roundKeys.all }
    }

    /// The least length of a secret (XXH3_SECRET_SIZE_MIN of xxHash 0.8).
    public static let leastSecretBytes = 136

    private let secret: Secret

    /// Takes a secret of at least ``leastSecretBytes``, which has to look random.
    ///
    /// - Throws: ``SnapshotError/keyTooShort(bytes:needed:)``.
    public init(secret: [UInt8]) throws(SnapshotError) {
        guard secret.count >= Self.leastSecretBytes else {
            throw .keyTooShort(bytes: secret.count, needed: Self.leastSecretBytes)
        }
        self.init(unchecked: secret)
    }

    /// Draws a key of 192 bytes from a source of random numbers, which has to be a secure one outside tests.
    public static func random(using generator: inout some RandomNumberGenerator) -> FingerprintKey {
        FingerprintKey(unchecked: (0..<192).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    private init(unchecked secret: [UInt8]) {
        self.secret = Secret(secret)
    }

    /// The secret, to be kept in the ledger.
    public var secretBytes: [UInt8] { Array(secret.bytes) }

    /// The keyed hash of bytes as they are; ``Fingerprint/none`` for none.
    @inline(__always)
    func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Fingerprint {
        guard !bytes.isEmpty else { return .none }
        let hash = XXH3_128bits_withSecret(bytes.baseAddress, bytes.count, secret.bytes.baseAddress, secret.bytes.count)
        // All zero is taken by "no value"; a text that really hashes to it moves next door.
        return Fingerprint(high: hash.high64, low: hash.high64 | hash.low64 == 0 ? 1 : hash.low64)
    }
}

extension FingerprintKey {
    /// The fingerprint of a text in a form; of a list of tags use ``fingerprint(ofTags:)``.
    public func fingerprint(of text: String, form: CanonicalForm) -> Fingerprint {
        var text = text
        let scratch = CanonicalScratch()
        return text.withUTF8 { hash(scratch.canonical($0, form: form)) }
    }

    /// The fingerprint of a list of tags: a set without case and order; ``Fingerprint/none`` where it is empty.
    public func fingerprint(ofTags tags: [String]) -> Fingerprint {
        let scratch = CanonicalScratch()
        let set = TagSetHash()
        for tag in tags {
            var tag = tag
            set.insert(tag.withUTF8 { hash(scratch.canonical($0, form: .tags)) })
        }
        return set.finish(key: self)
    }

    /// The fingerprint of a field's value, as the rows have it for fields of text and tags.
    ///
    /// Other values are hashed with their kind: money with its currency, weights by the milligram.
    public func fingerprint(of value: FieldValue, field: CatalogField) -> Fingerprint {
        switch value {
        case .absent: .none
        case .text(let text): fingerprint(of: text, form: CanonicalForm(of: field))
        case .tags(let tags): fingerprint(ofTags: tags)
        case .amount(let money): fingerprint(of: "amount \(money.minorUnits) \(money.currency.code)", form: .exact)
        case .quantity(let count): fingerprint(of: "quantity \(count)", form: .exact)
        case .flag(let flag): fingerprint(of: "flag \(flag)", form: .exact)
        case .weight(let weight): fingerprint(of: "weight \(weight.milligrams)", form: .exact)
        case .unreadable(let text): fingerprint(of: "unreadable \(text)", form: .exact)
        }
    }
}
