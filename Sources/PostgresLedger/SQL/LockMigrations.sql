SELECT pg_advisory_xact_lock(hashtextextended('synctec migrations', 0))::text
