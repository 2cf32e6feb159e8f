DELETE FROM synctec.findings WHERE team_id = $1 AND run_id = $2 AND shop = $3
