WITH due AS (
    SELECT part.run_id, part.shop
    FROM synctec.runs AS run
    JOIN synctec.run_destinations AS part ON part.team_id = $1 AND part.run_id = run.run_id
    WHERE
        run.team_id = $1 AND run.started_at < $2 AND run.ended_at IS NOT NULL
        AND (
            EXISTS (
                SELECT FROM synctec.corrections AS correction
                WHERE correction.team_id = $1 AND correction.run_id = part.run_id AND correction.shop = part.shop
            )
            OR EXISTS (
                SELECT FROM synctec.findings AS finding
                WHERE finding.team_id = $1 AND finding.run_id = part.run_id AND finding.shop = part.shop
            )
        )
    ORDER BY run.started_at, part.run_id, part.shop
    LIMIT $3
), removed_corrections AS (
    DELETE FROM synctec.corrections AS correction
    USING due
    WHERE $4 AND correction.team_id = $1 AND correction.run_id = due.run_id AND correction.shop = due.shop
), removed_findings AS (
    DELETE FROM synctec.findings AS finding
    USING due
    WHERE $4 AND finding.team_id = $1 AND finding.run_id = due.run_id AND finding.shop = due.shop
)
SELECT count(*) AS count, coalesce(sum(size), 0)::bigint AS bytes
FROM (
    SELECT pg_column_size(correction.*) AS size
    FROM due
    JOIN synctec.corrections AS correction
        ON correction.team_id = $1 AND correction.run_id = due.run_id AND correction.shop = due.shop
    UNION ALL
    SELECT pg_column_size(finding.*)
    FROM due
    JOIN synctec.findings AS finding
        ON finding.team_id = $1 AND finding.run_id = due.run_id AND finding.shop = due.shop
) AS found
HAVING count(*) > 0
