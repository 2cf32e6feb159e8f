SELECT t.created_at, t.created_by, s.shop, s.shop_number, s.currency
FROM synctec.teams AS t
JOIN synctec.stores AS s ON s.team_id = t.team_id AND s.role = 'source'
WHERE t.team_id = $1
