INSERT INTO synctec.fences (team_id, scope, number, holder, since) VALUES ($1, $2, 1, $3, $4)
ON CONFLICT (team_id, scope) DO UPDATE
SET number = synctec.fences.number + 1, holder = excluded.holder, since = excluded.since
RETURNING number
