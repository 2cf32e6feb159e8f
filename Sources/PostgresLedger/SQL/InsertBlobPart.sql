INSERT INTO synctec.blob_parts (team_id, blob_id, part, bytes) VALUES ($1, $2, $3, $4)
