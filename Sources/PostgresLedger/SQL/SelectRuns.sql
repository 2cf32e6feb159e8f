SELECT run_id, command, started_at, ended_at, status, detail
FROM synctec.runs
WHERE team_id = $1 AND starts_with(replace(run_id::text, '-', ''), $2)
ORDER BY started_at DESC, run_id
LIMIT $3
