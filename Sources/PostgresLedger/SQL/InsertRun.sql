INSERT INTO synctec.runs (team_id, run_id, command, started_at, status, detail, version, holder, lock_scope, fence, stages)
VALUES ($1, $2, $3, $4, 'RUNNING', '', $5, $6, $7, $8, $9)
