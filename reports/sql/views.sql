-- Views for BI tools: the supported interface to the ledger; its tables may change with any version, these names and columns
-- stay. Run it again after each upgrade, once the new version has worked with the ledger, as the owner of the schema synctec:
--
--   psql DATABASE -f views.sql
--
-- A role that reads them needs these grants, and sees the rows of the one team that its setting names and no others:
--
--   CREATE ROLE bi LOGIN;
--   GRANT synctec_reader TO bi;
--   SET synctec.team_address = 'SP-TEAM-7KQ2MX'; SELECT team_id FROM synctec.teams;
--   ALTER ROLE bi SET synctec.team = 'that id';
BEGIN;

CREATE SCHEMA IF NOT EXISTS synctec_reports;
COMMENT ON SCHEMA synctec_reports IS 'Views over the ledger of SyncTec for BI tools; rows of the team that the setting synctec.team names';

-- Each view acts with the rights of who asks (security_invoker), so that row level security holds for that role.
CREATE OR REPLACE VIEW synctec_reports.runs WITH (security_invoker) AS
SELECT
    run.run_id, run.command, run.started_at, run.ended_at,
    extract(epoch FROM run.ended_at - run.started_at)::double precision AS duration_seconds,
    run.status, run.detail, run.version, array_to_string(run.stages, ', ') AS stages
FROM synctec.runs AS run;
COMMENT ON VIEW synctec_reports.runs IS 'One row per run';
COMMENT ON COLUMN synctec_reports.runs.run_id IS 'The run, as synctec history and synctec report name it';
COMMENT ON COLUMN synctec_reports.runs.command IS 'plan, run, apply or leave';
COMMENT ON COLUMN synctec_reports.runs.started_at IS 'When it started';
COMMENT ON COLUMN synctec_reports.runs.ended_at IS 'When it ended; empty while it runs';
COMMENT ON COLUMN synctec_reports.runs.duration_seconds IS 'How long it took, in seconds';
COMMENT ON COLUMN synctec_reports.runs.status IS 'How it ended, such as OK, ATTENTION, BRAKE, STORE';
COMMENT ON COLUMN synctec_reports.runs.detail IS 'Why, in a sentence; empty where the status says all';
COMMENT ON COLUMN synctec_reports.runs.version IS 'The version of SyncTec';
COMMENT ON COLUMN synctec_reports.runs.stages IS 'What it could write: catalogue, stock; empty for a plan';

CREATE OR REPLACE VIEW synctec_reports.destination_runs WITH (security_invoker) AS
SELECT
    part.run_id, part.shop AS destination, run.command, run.started_at, run.ended_at, part.status, part.detail,
    part.plan_hash, part.source_variants, part.destination_variants, part.matched AS matched_skus,
    coalesce((part.sku_outcomes ->> 'in step')::bigint, 0) AS skus_in_step,
    part.applied AS corrections_applied, part.failed AS corrections_failed, part.left_over AS corrections_left,
    part.planned AS corrections_planned, part.held_fields, part.refused_fields, part.mutations
FROM synctec.run_destinations AS part
JOIN synctec.runs AS run ON run.team_id = part.team_id AND run.run_id = part.run_id;
COMMENT ON VIEW synctec_reports.destination_runs IS 'One row per run and destination: how it ended, and its sums';
COMMENT ON COLUMN synctec_reports.destination_runs.run_id IS 'The run';
COMMENT ON COLUMN synctec_reports.destination_runs.destination IS 'The address of the destination store';
COMMENT ON COLUMN synctec_reports.destination_runs.command IS 'plan, run, apply or leave';
COMMENT ON COLUMN synctec_reports.destination_runs.started_at IS 'When the run started';
COMMENT ON COLUMN synctec_reports.destination_runs.ended_at IS 'When the run ended; empty while it runs';
COMMENT ON COLUMN synctec_reports.destination_runs.status IS 'How this destination''s part ended';
COMMENT ON COLUMN synctec_reports.destination_runs.detail IS 'Why, in a sentence';
COMMENT ON COLUMN synctec_reports.destination_runs.plan_hash IS 'The plan; empty where there was none';
COMMENT ON COLUMN synctec_reports.destination_runs.source_variants IS 'Variants of the source store; 0 where it was not read';
COMMENT ON COLUMN synctec_reports.destination_runs.destination_variants IS 'Variants of the destination; 0 where it was not read';
COMMENT ON COLUMN synctec_reports.destination_runs.matched_skus IS 'SKUs once in each of the two stores';
COMMENT ON COLUMN synctec_reports.destination_runs.skus_in_step IS 'Those of them without any difference';
COMMENT ON COLUMN synctec_reports.destination_runs.corrections_applied IS 'Field changes written and read back';
COMMENT ON COLUMN synctec_reports.destination_runs.corrections_failed IS 'Field changes that the store refused or that did not hold';
COMMENT ON COLUMN synctec_reports.destination_runs.corrections_left IS 'Field changes left to the next run';
COMMENT ON COLUMN synctec_reports.destination_runs.corrections_planned IS 'Field changes only planned';
COMMENT ON COLUMN synctec_reports.destination_runs.held_fields IS 'Differences that wait for a person';
COMMENT ON COLUMN synctec_reports.destination_runs.refused_fields IS 'Differences whose value must not be written';
COMMENT ON COLUMN synctec_reports.destination_runs.mutations IS 'Write calls sent to the store';

CREATE OR REPLACE VIEW synctec_reports.corrections WITH (security_invoker) AS
SELECT
    correction.run_id, run.started_at, run.command, correction.shop AS destination, correction.sku, correction.product,
    correction.field, correction.source_value, correction.old_value, correction.new_value, correction.verdict,
    correction.outcome, correction.reason, correction.rate, correction.rule,
    correction.product_number AS product_id, correction.variant_number AS variant_id
FROM synctec.corrections AS correction
JOIN synctec.runs AS run ON run.team_id = correction.team_id AND run.run_id = correction.run_id;
COMMENT ON VIEW synctec_reports.corrections IS 'One row per run, destination, SKU and field that differed; the rows of corrections.csv';
COMMENT ON COLUMN synctec_reports.corrections.run_id IS 'The run';
COMMENT ON COLUMN synctec_reports.corrections.started_at IS 'When the run started';
COMMENT ON COLUMN synctec_reports.corrections.command IS 'plan, run or apply';
COMMENT ON COLUMN synctec_reports.corrections.destination IS 'The address of the destination store';
COMMENT ON COLUMN synctec_reports.corrections.sku IS 'The SKU, exactly as in the source store';
COMMENT ON COLUMN synctec_reports.corrections.product IS 'The product''s title in the destination';
COMMENT ON COLUMN synctec_reports.corrections.field IS 'Which field; empty: the whole SKU was held';
COMMENT ON COLUMN synctec_reports.corrections.source_value IS 'The source''s own value, amounts in its currency';
COMMENT ON COLUMN synctec_reports.corrections.old_value IS 'What the destination had, amounts in its currency';
COMMENT ON COLUMN synctec_reports.corrections.new_value IS 'What it was set to, or would have been';
COMMENT ON COLUMN synctec_reports.corrections.verdict IS 'Who moved: source changed, destination drifted, both, first sight';
COMMENT ON COLUMN synctec_reports.corrections.outcome IS 'What became of it, such as applied, held, failed';
COMMENT ON COLUMN synctec_reports.corrections.reason IS 'Why, for rows that were not written';
COMMENT ON COLUMN synctec_reports.corrections.rate IS 'The exchange rate with its date and origin';
COMMENT ON COLUMN synctec_reports.corrections.rule IS 'The number of the price rule in the settings';
COMMENT ON COLUMN synctec_reports.corrections.product_id IS 'The product''s number in the destination; 0: none';
COMMENT ON COLUMN synctec_reports.corrections.variant_id IS 'The variant''s number in the destination; 0: none';

CREATE OR REPLACE VIEW synctec_reports.drift WITH (security_invoker) AS
SELECT
    run_id, started_at, destination, sku, product, field, old_value AS found_value, new_value AS set_value, verdict,
    outcome, product_id, variant_id
FROM synctec_reports.corrections
WHERE verdict IN ('destination drifted', 'both');
COMMENT ON VIEW synctec_reports.drift IS 'The corrections of locked fields that the destination had changed; stock also moves with its sales';
COMMENT ON COLUMN synctec_reports.drift.run_id IS 'The run that found it';
COMMENT ON COLUMN synctec_reports.drift.started_at IS 'When that run started';
COMMENT ON COLUMN synctec_reports.drift.destination IS 'The address of the destination store';
COMMENT ON COLUMN synctec_reports.drift.sku IS 'The SKU';
COMMENT ON COLUMN synctec_reports.drift.product IS 'The product''s title in the destination';
COMMENT ON COLUMN synctec_reports.drift.field IS 'The field that was changed';
COMMENT ON COLUMN synctec_reports.drift.found_value IS 'What the destination had made of it';
COMMENT ON COLUMN synctec_reports.drift.set_value IS 'What it was set back to, or would have been';
COMMENT ON COLUMN synctec_reports.drift.verdict IS 'destination drifted, or both where the source moved too';
COMMENT ON COLUMN synctec_reports.drift.outcome IS 'What became of it';
COMMENT ON COLUMN synctec_reports.drift.product_id IS 'The product''s number in the destination; 0: none';
COMMENT ON COLUMN synctec_reports.drift.variant_id IS 'The variant''s number in the destination; 0: none';

CREATE OR REPLACE VIEW synctec_reports.findings WITH (security_invoker) AS
SELECT
    finding.run_id, run.started_at, finding.shop AS destination, finding.kind, finding.found_at_shop AS found_at,
    finding.sku, finding.product, finding.link, finding.detail, finding.suggestion
FROM synctec.findings AS finding
JOIN synctec.runs AS run ON run.team_id = finding.team_id AND run.run_id = finding.run_id;
COMMENT ON VIEW synctec_reports.findings IS 'One row per run, destination and thing that a person has to look at; the rows of findings.csv';
COMMENT ON COLUMN synctec_reports.findings.run_id IS 'The run';
COMMENT ON COLUMN synctec_reports.findings.started_at IS 'When the run started';
COMMENT ON COLUMN synctec_reports.findings.destination IS 'The destination whose part of the run found it';
COMMENT ON COLUMN synctec_reports.findings.kind IS 'What kind of finding';
COMMENT ON COLUMN synctec_reports.findings.found_at IS 'The store to look into; it can be the source';
COMMENT ON COLUMN synctec_reports.findings.sku IS 'The SKU; empty where there is none';
COMMENT ON COLUMN synctec_reports.findings.product IS 'The product''s title';
COMMENT ON COLUMN synctec_reports.findings.link IS 'The page in that store''s admin';
COMMENT ON COLUMN synctec_reports.findings.detail IS 'What was found, in a sentence';
COMMENT ON COLUMN synctec_reports.findings.suggestion IS 'What to do about it';

CREATE OR REPLACE VIEW synctec_reports.destinations WITH (security_invoker) AS
SELECT
    member.shop AS destination, store.currency, member.state AS membership,
    last.run_id AS last_run_id, last.ended_at AS last_ended_at, last.status AS last_status, last.held_fields,
    CASE WHEN catalogue_good.ended_at IS NOT NULL AND stock_good.ended_at IS NOT NULL
        THEN least(catalogue_good.ended_at, stock_good.ended_at)
    END AS last_good_at,
    catalogue.status AS catalogue_status, catalogue_good.ended_at AS catalogue_good_at,
    stock.status AS stock_status, stock_good.ended_at AS stock_good_at
FROM synctec.memberships AS member
JOIN synctec.stores AS store ON store.team_id = member.team_id AND store.shop = member.shop
LEFT JOIN LATERAL (
    SELECT run.run_id, run.ended_at, part.status, part.held_fields
    FROM synctec.runs AS run
    JOIN synctec.run_destinations AS part
        ON part.team_id = run.team_id AND part.run_id = run.run_id AND part.shop = member.shop
    WHERE run.team_id = member.team_id AND run.command IN ('run', 'apply') AND run.ended_at IS NOT NULL
    ORDER BY run.started_at DESC
    LIMIT 1
) AS last ON true
LEFT JOIN LATERAL (
    SELECT run.ended_at, part.status
    FROM synctec.runs AS run
    JOIN synctec.run_destinations AS part
        ON part.team_id = run.team_id AND part.run_id = run.run_id AND part.shop = member.shop
    WHERE
        run.team_id = member.team_id AND run.command IN ('run', 'apply') AND 'catalogue' = ANY (run.stages)
        AND run.ended_at IS NOT NULL
    ORDER BY run.started_at DESC
    LIMIT 1
) AS catalogue ON true
LEFT JOIN LATERAL (
    SELECT run.ended_at, part.status
    FROM synctec.runs AS run
    JOIN synctec.run_destinations AS part
        ON part.team_id = run.team_id AND part.run_id = run.run_id AND part.shop = member.shop
    WHERE
        run.team_id = member.team_id AND run.command IN ('run', 'apply') AND 'catalogue' = ANY (run.stages)
        AND run.ended_at IS NOT NULL
        AND part.status IN ('OK', 'ATTENTION')
    ORDER BY run.started_at DESC
    LIMIT 1
) AS catalogue_good ON true
LEFT JOIN LATERAL (
    SELECT run.ended_at, part.status
    FROM synctec.runs AS run
    JOIN synctec.run_destinations AS part
        ON part.team_id = run.team_id AND part.run_id = run.run_id AND part.shop = member.shop
    WHERE
        run.team_id = member.team_id AND run.command IN ('run', 'apply') AND 'stock' = ANY (run.stages)
        AND run.ended_at IS NOT NULL
    ORDER BY run.started_at DESC
    LIMIT 1
) AS stock ON true
LEFT JOIN LATERAL (
    SELECT run.ended_at, part.status
    FROM synctec.runs AS run
    JOIN synctec.run_destinations AS part
        ON part.team_id = run.team_id AND part.run_id = run.run_id AND part.shop = member.shop
    WHERE
        run.team_id = member.team_id AND run.command IN ('run', 'apply') AND 'stock' = ANY (run.stages)
        AND run.ended_at IS NOT NULL
        AND part.status IN ('OK', 'ATTENTION')
    ORDER BY run.started_at DESC
    LIMIT 1
) AS stock_good ON true;
COMMENT ON VIEW synctec_reports.destinations IS 'One row per destination of the team: how it stands';
COMMENT ON COLUMN synctec_reports.destinations.destination IS 'The address of the destination store';
COMMENT ON COLUMN synctec_reports.destinations.currency IS 'Its currency, ISO 4217';
COMMENT ON COLUMN synctec_reports.destinations.membership IS 'requested, approved, rejected, suspended or left';
COMMENT ON COLUMN synctec_reports.destinations.last_run_id IS 'Its last run that could write';
COMMENT ON COLUMN synctec_reports.destinations.last_ended_at IS 'When that ended';
COMMENT ON COLUMN synctec_reports.destinations.last_status IS 'How that ended';
COMMENT ON COLUMN synctec_reports.destinations.held_fields IS 'Differences that waited for a person then';
COMMENT ON COLUMN synctec_reports.destinations.last_good_at IS 'The older of catalogue_good_at and stock_good_at; empty where one is';
COMMENT ON COLUMN synctec_reports.destinations.catalogue_status IS 'How its last run that could write prices and content ended';
COMMENT ON COLUMN synctec_reports.destinations.catalogue_good_at IS 'The end of the last such run with OK or ATTENTION; empty: never';
COMMENT ON COLUMN synctec_reports.destinations.stock_status IS 'How its last run that could write stock ended';
COMMENT ON COLUMN synctec_reports.destinations.stock_good_at IS 'The end of the last such run with OK or ATTENTION; empty: never';

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'synctec_reader') THEN
        CREATE ROLE synctec_reader NOLOGIN;
    END IF;
END
$$;
GRANT USAGE ON SCHEMA synctec, synctec_reports TO synctec_reader;
GRANT SELECT ON
    synctec.teams, synctec.stores, synctec.memberships, synctec.runs, synctec.run_destinations, synctec.corrections,
    synctec.findings
    TO synctec_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA synctec_reports TO synctec_reader;

COMMIT;
