SELECT m.mail_key, m.kind, m.audience, m.run, m.created_at, m.subject, r.address, r.state, r.attempts, r.next_at,
    r.may_be_repeat, r.reply, r.settled_at
FROM synctec.mail_recipients AS r
JOIN synctec.mails AS m ON m.team_id = r.team_id AND m.mail_key = r.mail_key
WHERE r.team_id = $1
ORDER BY m.created_at DESC, m.mail_key, r.number
LIMIT $2
