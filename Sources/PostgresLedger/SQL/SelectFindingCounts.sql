SELECT finding.shop, finding.kind, count(*) AS count
FROM unnest($2::text[], $3::text[]) AS part (run_id, shop)
JOIN synctec.findings AS finding
    ON finding.team_id = $1 AND finding.run_id = part.run_id::uuid AND finding.shop = part.shop
GROUP BY finding.shop, finding.kind
