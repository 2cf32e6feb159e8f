INSERT INTO synctec.approvals (team_id, plan_hash, held, approved_by, approved_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (team_id, plan_hash) WHERE used_at IS NULL DO UPDATE
SET held = excluded.held, approved_by = excluded.approved_by, approved_at = excluded.approved_at
