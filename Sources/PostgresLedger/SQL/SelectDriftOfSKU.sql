WITH compared AS (
    SELECT
        part.shop, run.run_id, run.started_at, run.command,
        row_number() OVER (PARTITION BY part.shop ORDER BY run.started_at, run.run_id) AS place
    FROM synctec.runs AS run
    JOIN synctec.run_destinations AS part ON part.team_id = $1 AND part.run_id = run.run_id
    WHERE
        run.team_id = $1 AND run.started_at BETWEEN $4 AND $3 AND run.command IN ('plan', 'run', 'apply')
        AND (cardinality($5::text[]) = 0 OR part.shop = ANY ($5::text[]))
        AND part.source_variants + part.destination_variants + part.matched > 0
), found AS (
    SELECT
        compared.shop, compared.run_id, compared.started_at, compared.command, correction.number, correction.product,
        correction.field, correction.verdict, correction.source_value, correction.old_value, correction.new_value,
        correction.outcome, correction.reason,
        -- Runs one after the other that found the same value have the same difference.
        compared.place - dense_rank() OVER (
            PARTITION BY compared.shop, correction.field, correction.old_value ORDER BY compared.place
        ) AS stretch
    FROM compared
    JOIN synctec.corrections AS correction
        ON correction.team_id = $1 AND correction.run_id = compared.run_id AND correction.shop = compared.shop
    WHERE correction.sku = $2
)
SELECT
    shop, run_id, started_at, command, product, field, verdict, source_value, old_value, new_value, outcome, reason,
    min(started_at) OVER (PARTITION BY shop, field, old_value, stretch) AS since
FROM found
ORDER BY started_at DESC, run_id, shop COLLATE "C", number
LIMIT $6
