public import Catalog
import FoundationEssentials
public import Mail
public import Runs

extension DatabaseLedger: Outbox {
    /// See ``Runs/Outbox``.
    public func post(_ drafts: [MailDraft], of team: TeamID) async throws(LedgerError) -> Int {
        try await write(team) { connection, key throws(DatabaseError) in try connection.post(drafts, of: key) }
    }

    /// See ``Runs/Outbox``.
    public func mailMemory(of team: TeamID) async throws(LedgerError) -> [TroubleMemory] {
        try await read(team) { connection, key throws(DatabaseError) in
            try connection.rows(.selectMailMemory, [.uuid(key)]) { row throws(DatabaseError) in
                TroubleMemory(
                    audience: try row.audience("audience"),
                    trouble: try row.text("trouble"),
                    toldAt: try row.timestamp("told_at")
                )
            }
        }
    }

    /// See ``Runs/Outbox``.
    public func hastenMail(of team: TeamID, at now: Timestamp) async throws(LedgerError) {
        try await write(team) { connection, key throws(DatabaseError) in
            try connection.execute(.hastenMail, [.uuid(key), .timestamp(now)])
        }
    }

    /// See ``Runs/Outbox``.
    public func claimMail(
        of team: TeamID,
        due: Timestamp,
        at now: Timestamp,
        leasedUntil lease: Timestamp,
        by holder: String
    ) async throws(LedgerError) -> ClaimedMail? {
        try await write(team) { connection, key throws(DatabaseError) in
            let claim: [SQLValue] = [.uuid(key), .timestamp(due), .timestamp(now), .timestamp(lease), .text(holder)]
            let claimed = try connection.first(.claimMail, claim) { row throws(DatabaseError) in
                try row.claim()
            }
            guard let claimed else { return nil }
            let place: [SQLValue] = [.uuid(key), .text(claimed.key)]
            let attachments = try connection.rows(.selectMailAttachments, place) { row throws(DatabaseError) in
                MailAttachment(name: try row.text("name"), type: try row.text("type"), bytes: try row.bytes("bytes"))
            }
            let draft = try connection.first(.selectMail, place) { row throws(DatabaseError) in
                try row.draft(attachments, to: claimed.address)
            }
            guard let draft else {
                throw DatabaseError.unreadable(statement: "SelectMail", detail: "a recipient without a mail")
            }
            return ClaimedMail(
                draft: draft,
                number: claimed.number,
                address: claimed.address,
                attempts: claimed.attempts,
                mayBeRepeat: claimed.mayBeRepeat
            )
        }
    }

    /// See ``Runs/Outbox``.
    public func settle(
        _ mail: ClaimedMail,
        of team: TeamID,
        as state: OutboxState,
        reply: String,
        next: Timestamp,
        mayHaveArrived: Bool,
        at time: Timestamp
    ) async throws(LedgerError) {
        let isOpen = state == .waiting || state == .sending
        try await write(team) { connection, key throws(DatabaseError) in
            let place: [SQLValue] = [.uuid(key), .text(mail.draft.key)]
            let settled = try connection.execute(
                .settleMail,
                place + [
                    .integer(mail.number), .integer(mail.attempts), .text(state.rawValue), .text(reply),
                    .timestamp(next), .boolean(mayHaveArrived), isOpen ? .null : .timestamp(time),
                ]
            )
            guard settled == 1, !isOpen else { return }
            if try connection.execute(.emptyMail, place) > 0 {
                try connection.execute(.deleteMailAttachments, place)
            }
        }
    }

    /// See ``Runs/Outbox``.
    public func outbox(of team: TeamID, limit: Int) async throws(LedgerError) -> [OutboxRecord] {
        try await read(team) { connection, key throws(DatabaseError) in
            try connection.rows(.selectOutbox, [.uuid(key), .integer(limit)]) { row throws(DatabaseError) in
                OutboxRecord(
                    key: try row.text("mail_key"),
                    kind: try row.word("kind"),
                    audience: try row.audience("audience"),
                    run: try row.text("run"),
                    createdAt: try row.timestamp("created_at"),
                    subject: try row.text("subject"),
                    address: try row.text("address"),
                    state: try row.word("state"),
                    attempts: try row.count("attempts"),
                    nextAt: try row.timestamp("next_at"),
                    mayBeRepeat: try row.boolean("may_be_repeat"),
                    reply: try row.text("reply"),
                    settledAt: try row.optionalTimestamp("settled_at")
                )
            }
        }
    }

    /// See ``Runs/Outbox``.
    public func waitingMail(of team: TeamID, keyPrefix: String) async throws(LedgerError) -> WaitingMail? {
        try await read(team) { connection, key throws(DatabaseError) in
            try connection.first(.waitingMail, [.uuid(key), .text(keyPrefix)]) { row throws(DatabaseError) in
                WaitingMail(count: try row.count("waiting"), oldest: try row.timestamp("oldest"))
            }
        }
    }

    /// See ``Runs/Outbox``.
    public func lastDailyMail(of team: TeamID) async throws(LedgerError) -> Timestamp? {
        try await read(team) { connection, key throws(DatabaseError) in
            try connection.first(.lastDailyMail, [.uuid(key)]) { row throws(DatabaseError) in
                try row.timestamp("created_at")
            }
        }
    }
}

extension PostgresConnection {
    /// Puts mails into the outbox, as a part of a transaction, and says how many are new.
    func post(_ drafts: [MailDraft], of key: UUID) throws(DatabaseError) -> Int {
        var count = 0
        for draft in drafts where !draft.recipients.isEmpty {
            let place: [SQLValue] = [.uuid(key), .text(draft.key)]
            let inserted = try execute(
                .insertMail,
                place + [
                    .text(draft.kind.rawValue), .text(draft.audience.text), .text(draft.run), .text(draft.status),
                    .timestamp(draft.createdAt), .text(draft.subject), .text(draft.text), .text(draft.html),
                ]
            )
            guard inserted == 1 else { continue }
            count += 1
            for (number, attachment) in draft.attachments.enumerated() {
                try execute(
                    .insertMailAttachment,
                    place + [
                        .integer(number), .text(attachment.name), .text(attachment.type), .bytes(attachment.bytes),
                    ]
                )
            }
            for (number, address) in draft.recipients.enumerated() {
                try execute(
                    .insertMailRecipient,
                    place + [.integer(number), .text(address), .timestamp(draft.createdAt)]
                )
            }
        }
        return count
    }

    /// Keeps what audiences were told, as a part of a transaction.
    func remember(_ memory: [TroubleMemory], of key: UUID) throws(DatabaseError) {
        for told in memory {
            try execute(
                .saveMailMemory,
                [.uuid(key), .text(told.audience.text), .text(told.trouble), .timestamp(told.toldAt)]
            )
        }
    }
}

/// A recipient's row as it was claimed.
private struct Claim {
    let key: String
    let number: Int
    let address: String
    let attempts: Int
    let mayBeRepeat: Bool
}

extension Row {
    fileprivate func audience(_ column: String) throws(DatabaseError) -> MailAudience {
        try made(MailAudience(try text(column)), column)
    }

    fileprivate func claim() throws(DatabaseError) -> Claim {
        Claim(
            key: try text("mail_key"),
            number: try count("number"),
            address: try text("address"),
            attempts: try count("attempts"),
            mayBeRepeat: try boolean("may_be_repeat")
        )
    }

    fileprivate func draft(_ attachments: [MailAttachment], to address: String) throws(DatabaseError) -> MailDraft {
        MailDraft(
            key: try text("mail_key"),
            kind: try word("kind"),
            audience: try audience("audience"),
            run: try text("run"),
            status: try text("status"),
            createdAt: try timestamp("created_at"),
            subject: try text("subject"),
            text: try text("text_body"),
            html: try text("html_body"),
            attachments: attachments,
            recipients: [address]
        )
    }
}

extension SQLStatement {
    fileprivate static let insertMail = SQLStatement("InsertMail", PackageResources.InsertMail_sql)
    fileprivate static let insertMailAttachment = SQLStatement(
        "InsertMailAttachment",
        PackageResources.InsertMailAttachment_sql
    )
    fileprivate static let insertMailRecipient = SQLStatement(
        "InsertMailRecipient",
        PackageResources.InsertMailRecipient_sql
    )
    fileprivate static let hastenMail = SQLStatement("HastenMail", PackageResources.HastenMail_sql)
    fileprivate static let claimMail = SQLStatement("ClaimMail", PackageResources.ClaimMail_sql)
    fileprivate static let selectMail = SQLStatement("SelectMail", PackageResources.SelectMail_sql)
    fileprivate static let selectMailAttachments = SQLStatement(
        "SelectMailAttachments",
        PackageResources.SelectMailAttachments_sql
    )
    fileprivate static let settleMail = SQLStatement("SettleMail", PackageResources.SettleMail_sql)
    fileprivate static let emptyMail = SQLStatement("EmptyMail", PackageResources.EmptyMail_sql)
    fileprivate static let deleteMailAttachments = SQLStatement(
        "DeleteMailAttachments",
        PackageResources.DeleteMailAttachments_sql
    )
    fileprivate static let selectOutbox = SQLStatement("SelectOutbox", PackageResources.SelectOutbox_sql)
    fileprivate static let waitingMail = SQLStatement("WaitingMail", PackageResources.WaitingMail_sql)
    fileprivate static let lastDailyMail = SQLStatement("LastDailyMail", PackageResources.LastDailyMail_sql)
    fileprivate static let selectMailMemory = SQLStatement("SelectMailMemory", PackageResources.SelectMailMemory_sql)
    fileprivate static let saveMailMemory = SQLStatement("SaveMailMemory", PackageResources.SaveMailMemory_sql)
}
