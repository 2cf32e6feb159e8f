SELECT pg_try_advisory_lock(hashtextextended(concat_ws(' ', 'synctec', $1::uuid::text, $2::text), 0)) AS held
