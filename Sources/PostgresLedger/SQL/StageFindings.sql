CREATE TEMPORARY TABLE staged_findings (
    number bigint, kind text, found_at_shop text, sku text, product text, product_number bigint, variant_number bigint,
    link text, detail text, suggestion text
) ON COMMIT DROP
