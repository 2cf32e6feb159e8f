-- The newest plan of the destination that a plan is for: the plan itself, or what followed it; and the run that applied the whole
-- of it under an approval, if one did.
SELECT n.plan_hash, n.shop, (
    SELECT a.used_by_run
    FROM synctec.approvals AS a
    JOIN synctec.run_destinations AS d ON d.team_id = a.team_id AND d.run_id = a.used_by_run AND d.shop = n.shop
    WHERE a.team_id = n.team_id AND a.plan_hash = n.plan_hash AND a.used_by_run = n.run_id
        AND d.plan_hash = n.plan_hash AND d.planned + d.left_over + d.failed = 0
    LIMIT 1
) AS applied_by
FROM synctec.plans AS p
JOIN synctec.plans AS n ON n.team_id = p.team_id AND n.shop = p.shop
WHERE p.team_id = $1 AND p.plan_hash = $2
ORDER BY n.revision DESC
LIMIT 1
