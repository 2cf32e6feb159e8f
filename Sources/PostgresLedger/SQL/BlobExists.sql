SELECT EXISTS (SELECT FROM synctec.blob_parts WHERE team_id = $1 AND blob_id = $2) AS found
