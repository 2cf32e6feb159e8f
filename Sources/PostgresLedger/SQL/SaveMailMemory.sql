INSERT INTO synctec.mail_memory (team_id, audience, trouble, told_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (team_id, audience) DO UPDATE SET trouble = EXCLUDED.trouble, told_at = EXCLUDED.told_at
