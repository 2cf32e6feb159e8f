WITH due AS (
    SELECT plan.plan_hash, pg_column_size(plan.document) + 200 AS size
    FROM synctec.plans AS plan
    WHERE
        plan.team_id = $1 AND plan.created_at < $2
        AND EXISTS (
            SELECT FROM synctec.plans AS newer
            WHERE newer.team_id = $1 AND newer.shop = plan.shop AND newer.revision > plan.revision
        )
        -- Who released what is known as long as the runs are; an approval that waits keeps its plan.
        AND NOT EXISTS (
            SELECT FROM synctec.approvals AS approval
            WHERE
                approval.team_id = $1 AND approval.plan_hash = plan.plan_hash
                AND (approval.used_at IS NULL OR approval.used_at >= $5)
        )
        AND NOT EXISTS (
            SELECT FROM synctec.runs AS run
            WHERE run.team_id = $1 AND run.run_id = plan.run_id AND run.ended_at IS NULL
        )
    ORDER BY plan.created_at, plan.plan_hash
    LIMIT $3
), removed_approvals AS (
    DELETE FROM synctec.approvals AS approval
    USING due
    WHERE $4 AND approval.team_id = $1 AND approval.plan_hash = due.plan_hash
), removed_plans AS (
    DELETE FROM synctec.plans AS plan USING due WHERE $4 AND plan.team_id = $1 AND plan.plan_hash = due.plan_hash
)
SELECT count(*) AS count, coalesce(sum(size), 0)::bigint AS bytes FROM due
HAVING count(*) > 0
