SELECT intent_key, run_id, shop, call, corrections, intended_at
FROM synctec.intents
WHERE team_id = $1 AND shop = $2 AND state = 'intended'
ORDER BY intended_at, intent_key
