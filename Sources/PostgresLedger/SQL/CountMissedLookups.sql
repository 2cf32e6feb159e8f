SELECT count(*) AS misses FROM synctec.missed_lookups WHERE actor = $1 AND asked_at > $2
