SELECT kind, found_at_shop, sku, product, product_number, variant_number, link, detail, suggestion
FROM synctec.findings
WHERE team_id = $1 AND run_id = $2 AND shop = $3
ORDER BY number
