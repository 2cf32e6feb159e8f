SELECT mail_key, kind, audience, run, status, created_at, subject, text_body, html_body
FROM synctec.mails
WHERE team_id = $1 AND mail_key = $2
