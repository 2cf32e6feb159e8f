DELETE FROM synctec.attempts WHERE team_id = $1 AND shop = $2
