WITH latest AS (
    SELECT run_id, started_at
    FROM synctec.runs
    WHERE team_id = $1 AND started_at BETWEEN $5 AND $2 AND command IN ('plan', 'run', 'apply')
    ORDER BY started_at DESC, run_id
    LIMIT $3
), repeated AS (
    SELECT
        correction.shop, correction.sku, correction.field,
        count(DISTINCT latest.run_id) AS times, min(latest.started_at) AS first_at, max(latest.started_at) AS last_at,
        (array_agg(
            ARRAY[correction.old_value, correction.product, correction.product_number::text, correction.variant_number::text]
            ORDER BY latest.started_at DESC, correction.number
        ))[1:1] AS newest
    FROM latest
    JOIN synctec.corrections AS correction ON correction.team_id = $1 AND correction.run_id = latest.run_id
    WHERE
        correction.verdict IN ('destination drifted', 'both') AND correction.field <> 'inventory'
        AND correction.outcome IN ('applied', 'did not hold')
        AND (cardinality($6::text[]) = 0 OR correction.shop = ANY ($6::text[]))
    GROUP BY correction.shop, correction.sku, correction.field
    HAVING count(DISTINCT latest.run_id) > 1
)
SELECT
    shop, sku, field, times, first_at, last_at, newest[1][1] AS found, newest[1][2] AS product,
    newest[1][3]::bigint AS product_number, newest[1][4]::bigint AS variant_number
FROM repeated
ORDER BY times DESC, last_at DESC, shop COLLATE "C", sku COLLATE "C", field COLLATE "C"
LIMIT $4
