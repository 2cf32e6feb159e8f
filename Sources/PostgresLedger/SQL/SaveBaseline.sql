INSERT INTO synctec.baselines (
    team_id, shop, run_id, at, rules, source_blob, links_blob, rate, source_skus, destination_skus
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (team_id, shop) DO UPDATE
SET run_id = excluded.run_id, at = excluded.at, rules = excluded.rules, source_blob = excluded.source_blob,
    links_blob = excluded.links_blob, rate = excluded.rate, source_skus = excluded.source_skus,
    destination_skus = excluded.destination_skus
