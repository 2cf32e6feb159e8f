UPDATE synctec.mail_recipients
SET state = $5, reply = $6, next_at = $7, may_be_repeat = may_be_repeat OR $8, leased_until = NULL,
    settled_at = $9
WHERE team_id = $1 AND mail_key = $2 AND number = $3 AND attempts = $4 AND state = 'sending'
