SELECT team_id FROM synctec.teams WHERE team_id = $1 FOR NO KEY UPDATE
