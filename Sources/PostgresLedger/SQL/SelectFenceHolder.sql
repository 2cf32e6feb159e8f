SELECT holder, since FROM synctec.fences WHERE team_id = $1 AND scope = $2
