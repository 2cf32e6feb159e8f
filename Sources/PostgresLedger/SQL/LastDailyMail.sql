SELECT created_at FROM synctec.mails WHERE team_id = $1 AND kind = 'daily' ORDER BY created_at DESC LIMIT 1
