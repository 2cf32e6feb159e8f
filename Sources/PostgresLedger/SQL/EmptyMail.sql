UPDATE synctec.mails AS m
SET text_body = '', html_body = ''
WHERE m.team_id = $1 AND m.mail_key = $2
    AND NOT EXISTS (
        SELECT FROM synctec.mail_recipients AS r
        WHERE r.team_id = $1 AND r.mail_key = $2 AND r.state IN ('waiting', 'sending')
    )
