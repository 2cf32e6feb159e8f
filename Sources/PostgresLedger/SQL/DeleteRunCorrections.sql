DELETE FROM synctec.corrections WHERE team_id = $1 AND run_id = $2 AND shop = $3
