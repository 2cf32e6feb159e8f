-- The newest plan of the destination that a plan is for: the plan itself, or what followed it.
SELECT n.plan_hash, n.shop
FROM synctec.plans AS p
JOIN synctec.plans AS n ON n.team_id = p.team_id AND n.shop = p.shop
WHERE p.team_id = $1 AND p.plan_hash = $2
ORDER BY n.revision DESC
LIMIT 1
