public import Catalog

/// How a text is made comparable: what is equal to a merchant becomes equal bytes, what a customer can tell apart never does.
public enum CanonicalForm: Sendable, Hashable, CaseIterable {
    /// The bytes as they are: handle, status, inventory policy, SKU.
    case exact
    /// Line ends as LF, composed Unicode (NFC). Blanks at the ends count: the store shows them.
    case text
    /// As ``text``, and without the differences that Shopify's HTML normaliser makes.
    case html
    /// As ``text``, without white space at the ends: barcode, harmonized system code.
    case code
    /// As ``code``, in upper case: country of origin.
    case country
    /// One tag: as ``code``, in lower case; a list of tags is a set of these.
    case tags

    /// The form in which a field is compared.
    public init(of field: CatalogField) {
        self =
            switch field {
            case .title, .vendor, .productType, .seoTitle, .seoDescription: .text
            case .description: .html
            case .tags: .tags
            case .barcode, .hsCode: .code
            case .countryOfOrigin: .country
            default: .exact
            }
    }
}
