INSERT INTO synctec.teams (team_id, address, created_at, created_by) VALUES ($1, $2, $3, $4)
ON CONFLICT (address) DO NOTHING
