UPDATE synctec.runs SET ended_at = $3, status = $4, detail = $5 WHERE team_id = $1 AND run_id = $2
