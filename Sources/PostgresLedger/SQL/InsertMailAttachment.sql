INSERT INTO synctec.mail_attachments (team_id, mail_key, number, name, type, bytes) VALUES ($1, $2, $3, $4, $5, $6)
