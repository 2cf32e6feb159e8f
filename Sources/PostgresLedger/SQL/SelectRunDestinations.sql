SELECT * FROM synctec.run_destinations WHERE team_id = $1 AND run_id = ANY ($2::text[]::uuid[]) ORDER BY shop COLLATE "C"
