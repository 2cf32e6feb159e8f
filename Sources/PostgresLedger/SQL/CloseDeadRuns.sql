UPDATE synctec.runs AS r
SET ended_at = $3, status = 'INTERRUPTED', detail = 'the run ended without a word: it was killed or lost its machine'
WHERE r.team_id = $1 AND r.ended_at IS NULL
    AND (
        r.lock_scope = $2
        OR NOT EXISTS (
            SELECT FROM pg_locks AS l
            CROSS JOIN hashtextextended(concat_ws(' ', 'synctec', r.team_id::text, r.lock_scope), 0) AS k (key)
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
                AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
                AND l.classid::bigint = ((k.key >> 32) & 4294967295) AND l.objid::bigint = (k.key & 4294967295)
        )
    )
