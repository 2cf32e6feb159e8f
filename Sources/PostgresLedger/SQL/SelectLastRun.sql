SELECT command, status, started_at, ended_at
FROM synctec.runs
WHERE team_id = $1 AND command IN ('run', 'apply') AND ended_at IS NOT NULL
ORDER BY started_at DESC, run_id
LIMIT 1
