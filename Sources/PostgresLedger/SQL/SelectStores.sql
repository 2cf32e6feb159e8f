SELECT shop, shop_number, role, currency FROM synctec.stores
WHERE team_id = $1 AND (shop = $2 OR shop_number = $3 OR role = 'source')
FOR NO KEY UPDATE
