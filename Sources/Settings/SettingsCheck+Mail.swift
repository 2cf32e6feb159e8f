extension SettingsCheck {
    /// Mail needs a server, nobody gets a mail twice, and nothing goes over the network in the clear (FAULTS ML-4).
    mutating func checkMail(_ root: SettingsNode) {
        checkRecipients(root["reports_to"], path: "reports_to", root)
        for (index, destination) in (root["destinations"]?.items ?? []).enumerated() {
            checkRecipients(destination["reports_to"], path: "destinations[\(index)].reports_to", root)
        }
        if let server = root["smtp"] { checkServer(server) }
    }

    private mutating func checkRecipients(_ node: SettingsNode?, path: String, _ root: SettingsNode) {
        guard let node, !node.items.isEmpty else { return }
        if root["smtp"] == nil {
            refuse(node.position, path, "there is no mail server to send by", "add smtp, or remove it")
        }
        var known: Set<[UInt8]> = []
        for (index, item) in node.items.enumerated() {
            guard let mail = item["mail"], let address = mail.text else { continue }
            let occasion = item["when"]?.text ?? ReportRecipient.Occasion.always.rawValue
            if !known.insert(Array("\(address.lowercased()) \(occasion)".utf8)).inserted {
                refuse(
                    mail.position,
                    "\(path)[\(index)].mail",
                    "\(quoted(address)) stands there already, with the same when",
                    "each once"
                )
            }
        }
    }

    private mutating func checkServer(_ server: SettingsNode) {
        guard let flag = server["allow_plain"], flag.text == "true",
            let url = server["url"]?.text, MailAddress.isServer(url)
        else { return }
        let key = "smtp.allow_plain"
        if url.hasPrefix("smtps://") {
            refuse(flag.position, key, "smtps:// is never plain", "remove it, or write smtp://")
        } else if !MailAddress.isLoopback(server: url) {
            refuse(
                flag.position,
                key,
                "\(quoted(url)) is another machine",
                "plain SMTP goes to 127.0.0.1 or localhost only; elsewhere STARTTLS or smtps://"
            )
        }
        if let user = server["user"] {
            refuse(user.position, "smtp.user", "a password never goes without TLS", "remove it, or remove allow_plain")
        }
    }
}
