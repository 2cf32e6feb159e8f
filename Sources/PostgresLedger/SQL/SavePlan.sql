INSERT INTO synctec.plans (team_id, plan_hash, shop, run_id, revision, created_at, document, rules, brakes)
SELECT $1, $2, $3, $4, coalesce(max(revision), 0) + 1, $5, $6, $7, $8
FROM synctec.plans
WHERE team_id = $1 AND shop = $3
ON CONFLICT (team_id, plan_hash) DO UPDATE
SET shop = excluded.shop, run_id = excluded.run_id, revision = excluded.revision, created_at = excluded.created_at,
    document = excluded.document, rules = excluded.rules, brakes = excluded.brakes
