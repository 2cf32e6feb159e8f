SELECT shop, state, at, actor, note FROM synctec.membership_events WHERE team_id = $1 ORDER BY shop COLLATE "C", number
