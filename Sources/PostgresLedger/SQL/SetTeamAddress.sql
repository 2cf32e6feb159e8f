SELECT set_config('synctec.team_address', $1, true)
