SELECT plan_hash, shop, run_id, created_at, document, rules, brakes
FROM synctec.plans
WHERE team_id = $1 AND shop = $2
ORDER BY revision DESC
LIMIT 1
