INSERT INTO synctec.membership_events (team_id, shop, number, state, at, actor, note)
SELECT $1, $2, count(*) + 1, $3, $4, $5, $6
FROM synctec.membership_events
WHERE team_id = $1 AND shop = $2
