UPDATE synctec.intents SET state = $3, detail = $4, settled_at = $5 WHERE team_id = $1 AND intent_key = $2
