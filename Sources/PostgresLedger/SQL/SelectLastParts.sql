SELECT member.shop AS member, stage.name AS stage, good.ended_at AS good_at, last.*
FROM synctec.memberships AS member
CROSS JOIN unnest($2::text[]) WITH ORDINALITY AS stage (name, place)
LEFT JOIN LATERAL (
    SELECT part.*, run.ended_at
    FROM synctec.runs AS run
    JOIN synctec.run_destinations AS part
        ON part.team_id = $1 AND part.run_id = run.run_id AND part.shop = member.shop
    WHERE
        run.team_id = $1 AND run.command IN ('run', 'apply') AND stage.name = ANY (run.stages)
        AND run.ended_at IS NOT NULL
    ORDER BY run.started_at DESC, run.run_id
    LIMIT 1
) AS last ON true
LEFT JOIN LATERAL (
    SELECT run.ended_at
    FROM synctec.runs AS run
    JOIN synctec.run_destinations AS part
        ON part.team_id = $1 AND part.run_id = run.run_id AND part.shop = member.shop
    WHERE
        run.team_id = $1 AND run.command IN ('run', 'apply') AND stage.name = ANY (run.stages)
        AND run.ended_at IS NOT NULL AND part.status IN ('OK', 'ATTENTION')
    ORDER BY run.started_at DESC, run.run_id
    LIMIT 1
) AS good ON true
WHERE member.team_id = $1 AND member.state = 'approved'
ORDER BY member.shop COLLATE "C", stage.place
