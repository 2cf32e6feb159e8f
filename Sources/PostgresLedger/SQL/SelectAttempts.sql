SELECT sku, field, kind, count, detail FROM synctec.attempts WHERE team_id = $1 AND shop = $2 ORDER BY number
