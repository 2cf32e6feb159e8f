INSERT INTO synctec.mail_recipients
    (team_id, mail_key, number, address, state, attempts, next_at, holder, may_be_repeat, reply)
VALUES ($1, $2, $3, $4, 'waiting', 0, $5, '', false, '')
