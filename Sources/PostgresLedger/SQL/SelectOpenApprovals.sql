SELECT p.plan_hash, p.shop, p.run_id, p.created_at, p.document, p.rules, p.brakes, a.held, a.approved_by, a.approved_at
FROM synctec.approvals AS a
JOIN synctec.plans AS p ON p.team_id = a.team_id AND p.plan_hash = a.plan_hash
WHERE a.team_id = $1 AND p.shop = $2 AND a.used_at IS NULL
ORDER BY a.approved_at DESC, p.revision DESC
