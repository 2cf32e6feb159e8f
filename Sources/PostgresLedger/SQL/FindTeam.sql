SELECT team_id FROM synctec.teams WHERE address = $1
