INSERT INTO synctec.attempts (team_id, shop, number, sku, field, kind, count, detail)
SELECT $1, $2, a.number, a.sku, a.field, a.kind, a.count, a.detail
FROM unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[])
    WITH ORDINALITY AS a (sku, field, kind, count, detail, number)
