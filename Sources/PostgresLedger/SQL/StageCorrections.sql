CREATE TEMPORARY TABLE staged_corrections (
    number bigint, sku text, product text, field text, source_value text, old_value text, new_value text, verdict text,
    outcome text, reason text, rate text, rule text, product_number bigint, variant_number bigint
) ON COMMIT DROP
