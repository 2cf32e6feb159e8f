INSERT INTO synctec.missed_lookups (actor, asked_at, address) VALUES ($1, $2, $3)
