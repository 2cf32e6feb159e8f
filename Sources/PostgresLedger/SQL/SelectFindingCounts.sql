SELECT finding.run_id, finding.shop, finding.kind, count(*) AS count
FROM (SELECT DISTINCT run_id, shop FROM unnest($2::text[], $3::text[]) AS named (run_id, shop)) AS part
JOIN synctec.findings AS finding
    ON finding.team_id = $1 AND finding.run_id = part.run_id::uuid AND finding.shop = part.shop
GROUP BY finding.run_id, finding.shop, finding.kind
