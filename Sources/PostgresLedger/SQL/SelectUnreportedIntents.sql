SELECT i.intent_key, i.run_id, i.shop, i.call, i.corrections, i.intended_at, i.state
FROM synctec.intents AS i
WHERE i.team_id = $1 AND i.shop = $2
    AND NOT EXISTS (
        SELECT FROM synctec.run_destinations AS d
        WHERE d.team_id = i.team_id AND d.run_id = i.run_id AND d.shop = i.shop
    )
ORDER BY i.intended_at, i.intent_key
