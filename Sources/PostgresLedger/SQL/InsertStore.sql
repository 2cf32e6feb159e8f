INSERT INTO synctec.stores (team_id, shop, shop_number, role, currency, first_seen_at) VALUES ($1, $2, $3, $4, $5, $6)
