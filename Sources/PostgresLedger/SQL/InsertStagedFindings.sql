INSERT INTO synctec.findings (
    team_id, run_id, shop, number, kind, found_at_shop, sku, product, product_number, variant_number, link, detail, suggestion
)
SELECT
    $1, $2, $3, number, kind, found_at_shop, sku, product, product_number, variant_number, link, detail, suggestion
FROM pg_temp.staged_findings
