INSERT INTO synctec.run_destinations (
    team_id, run_id, shop, status, detail, plan_hash,
    source_variants, source_blanks, source_duplicates, destination_variants, destination_blanks, destination_duplicates,
    matched, applied, failed, left_over, planned, held_fields, refused_fields, mutations, sku_outcomes, corrections_by_field
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
