import FoundationEssentials
import Reconciliation

/// What stands before the body, and the script behind it.
///
/// The policy lets a browser take the page's own style and script by their digests, and nothing from anywhere else.
struct PageHead: Sendable {
    let title: String

    func write(to html: inout HTMLWriter) {
        html.markup("<head>\n<meta charset=\"utf-8\">\n")
        html.element("title", text: title, limit: .max)
        html.line()
        html.open(
            "meta",
            [
                ("http-equiv", "Content-Security-Policy"),
                (
                    "content",
                    "default-src 'none'; style-src 'sha256-\(Self.digest(of: PackageResources.page_css))'; "
                        + "script-src 'sha256-\(Self.digest(of: PackageResources.page_js))'; base-uri 'none'; form-action 'none'"
                ),
            ]
        )
        html.markup(
            """

            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta name="robots" content="noindex">
            <style>
            """
        )
        html.file(PackageResources.page_css)
        html.markup("</style>\n</head>\n")
    }

    /// The script, at the end of the body so that it finds the table.
    static func writeScript(to html: inout HTMLWriter) {
        html.markup("<script>")
        html.file(PackageResources.page_js)
        html.markup("</script>\n")
    }

    /// SHA-256 in Base64, as a content security policy names it.
    static func digest(of file: [UInt8]) -> String {
        let signs = Array(SHA256Digest(of: file).hex.utf8)
        let bytes = stride(from: 0, to: signs.count - 1, by: 2).compactMap { index in
            UInt8(String(decoding: signs[index...(index + 1)], as: UTF8.self), radix: 16)
        }
        return Data(bytes).base64EncodedString()
    }
}
