SELECT state = 'intended' AND shop = $3 AND call = $4 AND corrections::text = $5 AS same
FROM synctec.intents
WHERE team_id = $1 AND intent_key = $2
