public import Catalog
import FoundationEssentials
public import Reconciliation
public import Runs

extension DatabaseLedger {
    /// See ``Runs/Ledger``.
    public func save(_ plan: StoredPlan, lock: RunLock) async throws(LedgerError) {
        try await write(plan.team, lock: lock) { connection, key throws(DatabaseError) in
            try connection.execute(
                .savePlan,
                [
                    .uuid(key), .text(plan.hash.text), .text(plan.destination.text), .uuid(plan.run.uuid),
                    .timestamp(plan.createdAt), .bytes(Array(plan.document)), .text(plan.rules),
                    .texts(plan.brakes.map(\.rawValue)),
                ]
            )
        }
    }

    /// See ``Runs/Ledger``.
    public func plans(_ team: TeamID, hashPrefix: String) async throws(LedgerError) -> [StoredPlan] {
        try await read(team) { connection, key throws(DatabaseError) in
            try connection.rows(.selectPlans, [.uuid(key), .text(hashPrefix)]) { row throws(DatabaseError) in
                try row.plan(of: team)
            }
        }
    }

    /// See ``Runs/Ledger``.
    public func newestPlan(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> StoredPlan? {
        try await read(team) { connection, key throws(DatabaseError) in
            try connection.first(.selectNewestPlan, [.uuid(key), .text(destination.text)]) {
                row throws(DatabaseError) in
                try row.plan(of: team)
            }
        }
    }

    /// See ``Runs/Ledger``.
    ///
    /// Approving a plan again before a run used it up replaces the approval: it stays good for one run. Making a plan again
    /// with the same hash makes it the newest again.
    public func approve(_ plan: PlanHash, of team: TeamID, held: Bool, by actor: String, at time: Timestamp)
        async throws(LedgerError)
    {
        try await write(team) { connection, key throws(DatabaseError) in
            let newest = try connection.first(.selectSuccessor, [.uuid(key), .text(plan.text)]) {
                row throws(DatabaseError) in
                (
                    hash: try row.planHash("plan_hash"), shop: try row.shop("shop"),
                    appliedBy: try row.optionalUUID("applied_by") == nil ? nil : try row.runID("applied_by")
                )
            }
            guard let newest else {
                throw DatabaseError.ruleBroken("team \(team) has no plan \(plan.short): make one with `synctec plan`")
            }
            guard newest.hash == plan else {
                throw DatabaseError.ruleBroken(
                    "plan \(plan.short) of \(newest.shop) was followed by plan \(newest.hash.short): approve that one"
                )
            }
            if let run = newest.appliedBy, !held {
                throw DatabaseError.ruleBroken(
                    "plan \(plan.short) of \(newest.shop) was applied by run \(run.short): nothing of it waits for an approval"
                )
            }
            try connection.execute(
                .saveApproval,
                [.uuid(key), .text(plan.text), .boolean(held), .text(actor), .timestamp(time)]
            )
        }
    }

    /// See ``Runs/Ledger``.
    public func openApprovals(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> [PlanApproval] {
        try await read(team) { connection, key throws(DatabaseError) in
            try connection.rows(.selectOpenApprovals, [.uuid(key), .text(destination.text)]) {
                row throws(DatabaseError) in
                PlanApproval(
                    plan: try row.plan(of: team),
                    held: try row.boolean("held"),
                    by: try row.text("approved_by"),
                    at: try row.timestamp("approved_at")
                )
            }
        }
    }

    /// See ``Runs/Ledger``; one that another run used up, or that was replaced, is ``LedgerError/refused(_:)``.
    public func useApproval(_ approval: PlanApproval, run: RunID, lock: RunLock, at time: Timestamp)
        async throws(LedgerError)
    {
        try await write(approval.plan.team, lock: lock) { connection, key throws(DatabaseError) in
            let used = try connection.execute(
                .useApproval,
                [
                    .uuid(key), .text(approval.plan.hash.text), .uuid(run.uuid), .timestamp(time),
                    .timestamp(approval.at),
                ]
            )
            guard used == 1 else {
                throw DatabaseError.ruleBroken(
                    "the approval of plan \(approval.plan.hash.short) was used up or replaced meanwhile: approve it again"
                )
            }
        }
    }
}

extension Row {
    fileprivate func plan(of team: TeamID) throws(DatabaseError) -> StoredPlan {
        var brakes: [Brake] = []
        for word in try texts("brakes") { brakes.append(try made(Brake(rawValue: word), "brakes")) }
        return StoredPlan(
            hash: try planHash("plan_hash"),
            team: team,
            destination: try shop("shop"),
            run: try runID("run_id"),
            createdAt: try timestamp("created_at"),
            document: Data(try bytes("document")),
            rules: try text("rules"),
            brakes: brakes
        )
    }
}

extension SQLStatement {
    fileprivate static let savePlan = SQLStatement("SavePlan", PackageResources.SavePlan_sql)
    fileprivate static let selectPlans = SQLStatement("SelectPlans", PackageResources.SelectPlans_sql)
    fileprivate static let selectNewestPlan = SQLStatement("SelectNewestPlan", PackageResources.SelectNewestPlan_sql)
    fileprivate static let selectSuccessor = SQLStatement("SelectSuccessor", PackageResources.SelectSuccessor_sql)
    fileprivate static let saveApproval = SQLStatement("SaveApproval", PackageResources.SaveApproval_sql)
    fileprivate static let selectOpenApprovals = SQLStatement(
        "SelectOpenApprovals",
        PackageResources.SelectOpenApprovals_sql
    )
    fileprivate static let useApproval = SQLStatement("UseApproval", PackageResources.UseApproval_sql)
}
