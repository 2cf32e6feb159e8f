SELECT pg_advisory_unlock(hashtextextended(concat_ws(' ', 'synctec', $1::uuid::text, $2::text), 0)) AS freed
