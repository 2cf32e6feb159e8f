SELECT run_id, at, rules, source_blob, links_blob, rate, source_skus, destination_skus
FROM synctec.baselines
WHERE team_id = $1 AND shop = $2
