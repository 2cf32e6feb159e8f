SELECT set_config('synctec.actor', $1, true)
