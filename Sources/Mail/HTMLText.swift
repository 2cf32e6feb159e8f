import Reporting

/// Text made fit for HTML: no tag, no entity and no sign that turns the reading direction survives (FAULTS ML-2).
enum HTMLText {
    static func escaped(_ text: String, limit: Int = .max) -> String {
        var escaped = ""
        for scalar in HarmlessText.line(text, limit: limit).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
