/// Text of the operator as a message may show it: one line, short, without control characters, without a token.
func quoted(_ text: String) -> String {
    let limit = 60
    if text.contains(tokenForm) { return "a value that looks like a Shopify token" }
    let shown = text.unicodeScalars.prefix(limit).map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        default: String(scalar)
        }
    }
    return "\"\(shown.joined())\(text.unicodeScalars.count > limit ? "…" : "")\""
}

/// Shopify's tokens and secrets begin with `shp`, a few letters and an underscore: `shpat_`, `shpss_`, `shpca_`.
private nonisolated(unsafe) let tokenForm = /shp[a-z]{1,3}_/
