INSERT INTO synctec.corrections (
    team_id, run_id, shop, number, sku, product, field, source_value, old_value, new_value, verdict, outcome, reason, rate,
    rule, product_number, variant_number
)
SELECT
    $1, $2, $3, number, sku, product, field, source_value, old_value, new_value, verdict, outcome, reason, rate,
    rule, product_number, variant_number
FROM pg_temp.staged_corrections
