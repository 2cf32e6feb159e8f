WITH due AS (
    SELECT intent.intent_key, pg_column_size(intent.corrections) + 200 AS size
    FROM synctec.intents AS intent
    JOIN synctec.runs AS run ON run.team_id = $1 AND run.run_id = intent.run_id AND run.ended_at IS NOT NULL
    WHERE
        intent.team_id = $1 AND intent.state <> 'intended' AND intent.settled_at < $2
        -- Without it the next run still has to tell what became of the intent.
        AND EXISTS (
            SELECT FROM synctec.run_destinations AS part
            WHERE part.team_id = $1 AND part.run_id = intent.run_id AND part.shop = intent.shop
        )
    ORDER BY intent.settled_at, intent.intent_key
    LIMIT $3
), removed AS (
    DELETE FROM synctec.intents AS intent
    USING due
    WHERE $4 AND intent.team_id = $1 AND intent.intent_key = due.intent_key
)
SELECT count(*) AS count, coalesce(sum(size), 0)::bigint AS bytes FROM due
HAVING count(*) > 0
