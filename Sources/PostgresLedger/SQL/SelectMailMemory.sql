SELECT audience, trouble, told_at FROM synctec.mail_memory WHERE team_id = $1
