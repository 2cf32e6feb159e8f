INSERT INTO synctec.memberships (team_id, shop, state) VALUES ($1, $2, $3)
ON CONFLICT (team_id, shop) DO UPDATE SET state = excluded.state
