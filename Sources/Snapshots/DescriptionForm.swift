/// What ``ProductRow/description`` is the fingerprint of.
public enum DescriptionForm: Sendable, Hashable {
    /// Its ``CanonicalForm/html``: the same for all that a shopper sees alike.
    case canonical
    /// Its bytes as the file has them: the same for nothing but these, and far quicker made.
    ///
    /// A store's description mostly stands in its resellers' files byte for byte. Where it doesn't, its canonical form is read back
    /// by ``RecordSource/descriptions(_:)`` before anything follows from that.
    case asWritten
}
