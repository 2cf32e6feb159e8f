SELECT EXISTS (
    SELECT FROM pg_locks AS l
    CROSS JOIN hashtextextended(concat_ws(' ', 'synctec', $1::uuid::text, $2::text), 0) AS k (key)
    WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.pid = pg_backend_pid()
        AND l.classid::bigint = ((k.key >> 32) & 4294967295) AND l.objid::bigint = (k.key & 4294967295)
) AS held
