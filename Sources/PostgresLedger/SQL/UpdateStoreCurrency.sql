UPDATE synctec.stores SET currency = $3 WHERE team_id = $1 AND shop = $2
