UPDATE synctec.mail_recipients SET next_at = $2 WHERE team_id = $1 AND state = 'waiting' AND next_at > $2
