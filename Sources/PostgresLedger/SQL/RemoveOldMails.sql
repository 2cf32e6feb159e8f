WITH due AS (
    SELECT mail.mail_key, pg_column_size(mail.text_body) + pg_column_size(mail.html_body) + 200 AS size
    FROM synctec.mails AS mail
    WHERE
        mail.team_id = $1 AND mail.created_at < $2
        AND NOT EXISTS (
            SELECT FROM synctec.mail_recipients AS recipient
            WHERE
                recipient.team_id = $1 AND recipient.mail_key = mail.mail_key
                AND recipient.state IN ('waiting', 'sending')
        )
        -- The next daily mail begins where the last one ended.
        AND (
            mail.kind <> 'daily'
            OR EXISTS (
                SELECT FROM synctec.mails AS later
                WHERE later.team_id = $1 AND later.kind = 'daily' AND later.created_at > mail.created_at
            )
        )
    ORDER BY mail.created_at, mail.mail_key
    LIMIT $3
), removed AS (
    DELETE FROM synctec.mails AS mail USING due WHERE $4 AND mail.team_id = $1 AND mail.mail_key = due.mail_key
)
SELECT
    count(*) AS count,
    coalesce(
        sum(
            due.size + coalesce((
                SELECT sum(pg_column_size(attachment.bytes))
                FROM synctec.mail_attachments AS attachment
                WHERE attachment.team_id = $1 AND attachment.mail_key = due.mail_key
            ), 0)
        ),
        0
    )::bigint AS bytes
FROM due
HAVING count(*) > 0
