extension SettingsCheck {
    /// Nothing is kept for less than a day, no rows longer than their run; and a file for monitoring is one that is looked at.
    mutating func checkRetention(_ root: SettingsNode) {
        for entry in root["keep"]?.entries ?? [] {
            guard let time = entry.value.duration, time < .seconds(86_400) else { continue }
            refuse(entry.value.position, "keep.\(entry.key)", "that is less than a day", "1d or more")
        }
        let usual = RetentionSettings()
        if let keep = root["keep"], keep["rows"]?.duration ?? usual.rows > keep["runs"]?.duration ?? usual.runs {
            refuse(
                (keep["runs"] ?? keep["rows"])?.position,
                keep["runs"] == nil ? "keep.rows" : "keep.runs",
                "rows would be kept longer than their runs",
                "runs at least as long as rows"
            )
        }
        if let metrics = root["metrics"], let path = metrics.text, !path.hasSuffix(".prom") {
            refuse(
                metrics.position,
                "metrics",
                "\(quoted(path)) is not read by node exporter",
                "a name ending in .prom"
            )
        }
    }
}
