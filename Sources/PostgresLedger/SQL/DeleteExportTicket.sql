DELETE FROM synctec.export_tickets WHERE team_id = $1 AND shop = $2
