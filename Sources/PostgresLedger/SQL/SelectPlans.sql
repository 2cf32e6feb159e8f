SELECT plan_hash, shop, run_id, created_at, document, rules, brakes
FROM synctec.plans
WHERE team_id = $1 AND starts_with(plan_hash, $2)
ORDER BY created_at DESC, revision DESC, plan_hash
