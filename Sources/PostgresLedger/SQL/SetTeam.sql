SELECT set_config('synctec.team', $1::uuid::text, true)
