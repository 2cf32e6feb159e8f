DELETE FROM synctec.mail_attachments WHERE team_id = $1 AND mail_key = $2
