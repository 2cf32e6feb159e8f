SELECT set_config('synctec.source_shop', $1, true)
