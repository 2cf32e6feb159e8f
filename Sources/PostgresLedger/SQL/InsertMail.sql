INSERT INTO synctec.mails
    (team_id, mail_key, kind, audience, run, status, created_at, subject, text_body, html_body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (team_id, mail_key) DO NOTHING
