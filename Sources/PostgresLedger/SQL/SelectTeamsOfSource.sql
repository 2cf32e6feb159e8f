SELECT t.address
FROM synctec.stores AS s
JOIN synctec.teams AS t USING (team_id)
WHERE s.role = 'source' AND s.shop_number = $1
ORDER BY t.created_at, t.address
