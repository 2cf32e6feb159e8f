-- A large run leaves a million rows. Each of them looked its destination's row up for the foreign key, three quarters of the time
-- of recording them. The rows are only ever written in the transaction that has just written that row, and taken away before
-- it, so the keys go.
ALTER TABLE synctec.corrections DROP CONSTRAINT corrections_team_id_run_id_shop_fkey;
ALTER TABLE synctec.findings DROP CONSTRAINT findings_team_id_run_id_shop_fkey;

-- The same rule as before; as a query it is evaluated once a statement instead of once a row.
ALTER POLICY own_team ON synctec.corrections
    USING (team_id = (SELECT nullif(current_setting('synctec.team', true), '')::uuid));
ALTER POLICY own_team ON synctec.findings
    USING (team_id = (SELECT nullif(current_setting('synctec.team', true), '')::uuid));
