UPDATE synctec.approvals SET used_by_run = $3, used_at = $4
WHERE team_id = $1 AND plan_hash = $2 AND approved_at = $5 AND (used_at IS NULL OR used_by_run = $3)
