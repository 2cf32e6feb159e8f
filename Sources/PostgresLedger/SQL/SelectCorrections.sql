SELECT
    sku, product, field, source_value, old_value, new_value, verdict, outcome, reason, rate, rule, product_number,
    variant_number
FROM synctec.corrections
WHERE team_id = $1 AND run_id = $2 AND shop = $3
ORDER BY number
