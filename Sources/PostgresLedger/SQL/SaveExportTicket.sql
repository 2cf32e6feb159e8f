INSERT INTO synctec.export_tickets (team_id, shop, operation, started_at, query) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (team_id, shop) DO UPDATE
SET operation = excluded.operation, started_at = excluded.started_at, query = excluded.query
