WITH latest AS (
    SELECT run_id, started_at
    FROM synctec.runs
    WHERE team_id = $1 AND started_at <= $2 AND command IN ('plan', 'run', 'apply')
    ORDER BY started_at DESC, run_id
    LIMIT $3
)
SELECT
    part.run_id, latest.started_at, part.shop, part.status,
    part.source_variants + part.destination_variants + part.matched > 0 AS compared,
    drift.fields, drift.stock
FROM latest
JOIN synctec.run_destinations AS part ON part.team_id = $1 AND part.run_id = latest.run_id
CROSS JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE field <> 'inventory') AS fields,
        count(*) FILTER (WHERE field = 'inventory') AS stock
    FROM synctec.corrections AS correction
    WHERE
        correction.team_id = $1 AND correction.run_id = part.run_id AND correction.shop = part.shop
        AND correction.verdict IN ('destination drifted', 'both')
) AS drift
ORDER BY latest.started_at, part.run_id, part.shop COLLATE "C"
