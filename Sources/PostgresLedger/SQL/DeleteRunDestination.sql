DELETE FROM synctec.run_destinations WHERE team_id = $1 AND run_id = $2 AND shop = $3
