UPDATE synctec.mail_recipients AS r
SET state = 'sending', attempts = r.attempts + 1, may_be_repeat = r.may_be_repeat OR r.state = 'sending',
    leased_until = $4, holder = $5
FROM (
    SELECT w.mail_key, w.number
    FROM synctec.mail_recipients AS w
    WHERE w.team_id = $1
        AND (w.state = 'waiting' AND w.next_at <= $2 OR w.state = 'sending' AND w.leased_until < $3)
    ORDER BY w.next_at, w.mail_key, w.number
    LIMIT 1
    FOR UPDATE SKIP LOCKED
) AS c
WHERE r.team_id = $1 AND r.mail_key = c.mail_key AND r.number = c.number
RETURNING r.mail_key, r.number, r.address, r.attempts, r.may_be_repeat
