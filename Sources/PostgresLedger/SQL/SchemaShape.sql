SELECT encode(sha256(convert_to(coalesce(string_agg(line, chr(10) ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex') AS shape
FROM (
    SELECT
        concat_ws(
            ' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
            c.relrowsecurity, c.relforcerowsecurity
        ) AS line
    FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = to_regnamespace('synctec') AND c.relkind IN ('r', 'p')
    UNION ALL
    SELECT concat_ws(' ', 'policy', c.relname, p.polname, p.polcmd, p.polpermissive)
    FROM pg_policy AS p
    JOIN pg_class AS c ON c.oid = p.polrelid
    WHERE c.relnamespace = to_regnamespace('synctec')
    UNION ALL
    SELECT concat_ws(' ', 'constraint', c.relname, k.conname, k.contype)
    FROM pg_constraint AS k
    JOIN pg_class AS c ON c.oid = k.conrelid
    WHERE c.relnamespace = to_regnamespace('synctec') AND k.contype IN ('p', 'u', 'f', 'c')
) AS parts
