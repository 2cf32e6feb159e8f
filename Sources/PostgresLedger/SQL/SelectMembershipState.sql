SELECT state FROM synctec.memberships WHERE team_id = $1 AND shop = $2 FOR UPDATE
