WITH due AS (
    SELECT run.run_id, pg_column_size(run.*) AS size
    FROM synctec.runs AS run
    WHERE
        run.team_id = $1 AND run.started_at < $2 AND run.ended_at IS NOT NULL
        -- The last good run of a destination, and whatever has entries in the journal that stay.
        AND NOT EXISTS (
            SELECT FROM synctec.baselines AS baseline WHERE baseline.team_id = $1 AND baseline.run_id = run.run_id
        )
        AND NOT EXISTS (
            SELECT FROM synctec.intents AS intent
            WHERE
                intent.team_id = $1 AND intent.run_id = run.run_id
                AND (
                    intent.state = 'intended' OR intent.settled_at >= $5
                    OR NOT EXISTS (
                        SELECT FROM synctec.run_destinations AS part
                        WHERE part.team_id = $1 AND part.run_id = intent.run_id AND part.shop = intent.shop
                    )
                )
        )
    ORDER BY run.started_at, run.run_id
    LIMIT $3
), removed_corrections AS (
    DELETE FROM synctec.corrections AS correction
    USING due
    WHERE $4 AND correction.team_id = $1 AND correction.run_id = due.run_id
), removed_findings AS (
    DELETE FROM synctec.findings AS finding USING due WHERE $4 AND finding.team_id = $1 AND finding.run_id = due.run_id
), removed_intents AS (
    DELETE FROM synctec.intents AS intent USING due WHERE $4 AND intent.team_id = $1 AND intent.run_id = due.run_id
), removed_parts AS (
    DELETE FROM synctec.run_destinations AS part USING due WHERE $4 AND part.team_id = $1 AND part.run_id = due.run_id
), removed_runs AS (
    DELETE FROM synctec.runs AS run USING due WHERE $4 AND run.team_id = $1 AND run.run_id = due.run_id
)
SELECT
    count(*) AS count,
    coalesce(
        sum(
            due.size + coalesce((
                SELECT sum(pg_column_size(part.*))
                FROM synctec.run_destinations AS part
                WHERE part.team_id = $1 AND part.run_id = due.run_id
            ), 0)
        ),
        0
    )::bigint AS bytes
FROM due
HAVING count(*) > 0
