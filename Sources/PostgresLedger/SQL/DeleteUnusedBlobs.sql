DELETE FROM synctec.blob_parts AS p
WHERE p.team_id = $1
    AND NOT EXISTS (
        SELECT FROM synctec.baselines AS b
        WHERE b.team_id = p.team_id AND (b.source_blob = p.blob_id OR b.links_blob = p.blob_id)
    )
