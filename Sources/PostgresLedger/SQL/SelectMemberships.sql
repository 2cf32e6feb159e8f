SELECT m.shop, s.shop_number, s.currency, m.state
FROM synctec.memberships AS m
JOIN synctec.stores AS s ON s.team_id = m.team_id AND s.shop = m.shop
WHERE m.team_id = $1
ORDER BY m.shop COLLATE "C"
