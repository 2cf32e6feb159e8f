INSERT INTO synctec.intents (team_id, intent_key, run_id, shop, call, corrections, intended_at, state, detail)
VALUES ($1, $2, $3, $4, $5, $6::json, $7, 'intended', '')
ON CONFLICT (team_id, intent_key) DO NOTHING
