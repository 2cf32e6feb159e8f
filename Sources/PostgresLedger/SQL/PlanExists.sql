SELECT EXISTS (SELECT FROM synctec.plans WHERE team_id = $1 AND plan_hash = $2) AS found
