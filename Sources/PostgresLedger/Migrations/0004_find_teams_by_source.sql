-- Who proves with its token to be a store may find the teams that were founded around that store, so that none is founded twice
-- by mistake. Without the setting both are null, and no row is seen.
CREATE POLICY by_source ON synctec.stores FOR SELECT
    USING (role = 'source' AND shop_number = nullif(current_setting('synctec.source_shop', true), '')::bigint);
CREATE POLICY by_source ON synctec.teams FOR SELECT
    USING (
        nullif(current_setting('synctec.source_shop', true), '') IS NOT NULL
        AND team_id IN (
            SELECT s.team_id
            FROM synctec.stores AS s
            WHERE s.role = 'source' AND s.shop_number = nullif(current_setting('synctec.source_shop', true), '')::bigint
        )
    );
