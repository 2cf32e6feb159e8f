SELECT count(*) AS waiting, min(m.created_at) AS oldest
FROM synctec.mail_recipients AS r
JOIN synctec.mails AS m ON m.team_id = r.team_id AND m.mail_key = r.mail_key
WHERE r.team_id = $1 AND r.state IN ('waiting', 'sending') AND starts_with(r.mail_key, $2)
HAVING count(*) > 0
