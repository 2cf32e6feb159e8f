-- The ledger's first schema. Every key begins with the team, and no key crosses teams, so that the tables can be distributed by
-- team_id (Citus); teams itself is small and becomes a reference table then.

CREATE SCHEMA synctec;

CREATE TABLE synctec.schema_versions (
    number bigint PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    shape text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- One row: who this installation is, and the secret of its text fingerprints.
CREATE TABLE synctec.installation (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    installation_id uuid NOT NULL DEFAULT gen_random_uuid(),
    fingerprint_secret bytea NOT NULL CHECK (length(fingerprint_secret) = 192),
    created_at timestamptz NOT NULL DEFAULT now()
);

-- 192 bytes out of the server's strong random source: six digests over 244 random bits each.
INSERT INTO synctec.installation (fingerprint_secret)
SELECT string_agg(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), '')
FROM generate_series(1, 6);

CREATE TABLE synctec.teams (
    team_id uuid PRIMARY KEY,
    address text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL
);

-- Questions for teams that do not exist, so that somebody who counts ids up is stopped and seen.
CREATE TABLE synctec.missed_lookups (
    actor text NOT NULL,
    lookup_id uuid NOT NULL DEFAULT gen_random_uuid(),
    asked_at timestamptz NOT NULL,
    address text NOT NULL,
    PRIMARY KEY (actor, lookup_id)
);

CREATE TABLE synctec.stores (
    team_id uuid NOT NULL REFERENCES synctec.teams,
    shop text NOT NULL,
    shop_number bigint NOT NULL,
    role text NOT NULL CHECK (role IN ('source', 'destination')),
    currency text NOT NULL,
    first_seen_at timestamptz NOT NULL,
    PRIMARY KEY (team_id, shop),
    UNIQUE (team_id, shop_number)
);

CREATE UNIQUE INDEX stores_one_source ON synctec.stores (team_id) WHERE role = 'source';

CREATE TABLE synctec.memberships (
    team_id uuid NOT NULL,
    shop text NOT NULL,
    state text NOT NULL CHECK (state IN ('requested', 'approved', 'rejected', 'suspended', 'left')),
    PRIMARY KEY (team_id, shop),
    FOREIGN KEY (team_id, shop) REFERENCES synctec.stores
);

CREATE TABLE synctec.membership_events (
    team_id uuid NOT NULL,
    shop text NOT NULL,
    number bigint NOT NULL,
    state text NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    note text NOT NULL,
    PRIMARY KEY (team_id, shop, number),
    FOREIGN KEY (team_id, shop) REFERENCES synctec.memberships
);

-- The number of each lock's last holder; a commit under an older number is refused.
CREATE TABLE synctec.fences (
    team_id uuid NOT NULL REFERENCES synctec.teams,
    scope text NOT NULL,
    number bigint NOT NULL,
    holder text NOT NULL,
    since timestamptz NOT NULL,
    PRIMARY KEY (team_id, scope)
);

CREATE TABLE synctec.runs (
    team_id uuid NOT NULL REFERENCES synctec.teams,
    run_id uuid NOT NULL,
    command text NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    status text NOT NULL,
    detail text NOT NULL,
    version text NOT NULL,
    holder text NOT NULL,
    lock_scope text NOT NULL,
    fence bigint NOT NULL,
    PRIMARY KEY (team_id, run_id)
);

CREATE INDEX runs_by_time ON synctec.runs (team_id, started_at);

CREATE TABLE synctec.run_destinations (
    team_id uuid NOT NULL,
    run_id uuid NOT NULL,
    shop text NOT NULL,
    status text NOT NULL,
    detail text NOT NULL,
    plan_hash text,
    source_variants bigint NOT NULL,
    source_blanks bigint NOT NULL,
    source_duplicates bigint NOT NULL,
    destination_variants bigint NOT NULL,
    destination_blanks bigint NOT NULL,
    destination_duplicates bigint NOT NULL,
    matched bigint NOT NULL,
    applied bigint NOT NULL,
    failed bigint NOT NULL,
    left_over bigint NOT NULL,
    planned bigint NOT NULL,
    held_fields bigint NOT NULL,
    refused_fields bigint NOT NULL,
    mutations bigint NOT NULL,
    sku_outcomes jsonb NOT NULL,
    corrections_by_field jsonb NOT NULL,
    PRIMARY KEY (team_id, run_id, shop),
    FOREIGN KEY (team_id, run_id) REFERENCES synctec.runs
);

CREATE TABLE synctec.corrections (
    team_id uuid NOT NULL,
    run_id uuid NOT NULL,
    shop text NOT NULL,
    number bigint NOT NULL,
    sku text NOT NULL,
    product text NOT NULL,
    field text,
    source_value text NOT NULL,
    old_value text NOT NULL,
    new_value text NOT NULL,
    verdict text NOT NULL,
    outcome text NOT NULL,
    reason text NOT NULL,
    rate text NOT NULL,
    rule text NOT NULL,
    product_number bigint NOT NULL,
    variant_number bigint NOT NULL,
    PRIMARY KEY (team_id, run_id, shop, number),
    FOREIGN KEY (team_id, run_id, shop) REFERENCES synctec.run_destinations
);

CREATE TABLE synctec.findings (
    team_id uuid NOT NULL,
    run_id uuid NOT NULL,
    shop text NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL,
    found_at_shop text NOT NULL,
    sku text NOT NULL,
    product text NOT NULL,
    product_number bigint NOT NULL,
    variant_number bigint NOT NULL,
    link text NOT NULL,
    detail text NOT NULL,
    suggestion text NOT NULL,
    PRIMARY KEY (team_id, run_id, shop, number),
    FOREIGN KEY (team_id, run_id, shop) REFERENCES synctec.run_destinations
);

CREATE TABLE synctec.plans (
    team_id uuid NOT NULL REFERENCES synctec.teams,
    plan_hash text NOT NULL,
    shop text NOT NULL,
    run_id uuid NOT NULL,
    revision bigint NOT NULL,
    created_at timestamptz NOT NULL,
    document bytea NOT NULL,
    rules text NOT NULL,
    brakes text[] NOT NULL,
    PRIMARY KEY (team_id, plan_hash)
);

CREATE INDEX plans_by_revision ON synctec.plans (team_id, shop, revision);

CREATE TABLE synctec.approvals (
    team_id uuid NOT NULL,
    approval_id uuid NOT NULL DEFAULT gen_random_uuid(),
    plan_hash text NOT NULL,
    held boolean NOT NULL,
    approved_by text NOT NULL,
    approved_at timestamptz NOT NULL,
    used_by_run uuid,
    used_at timestamptz,
    PRIMARY KEY (team_id, approval_id),
    FOREIGN KEY (team_id, plan_hash) REFERENCES synctec.plans
);

CREATE UNIQUE INDEX approvals_one_open ON synctec.approvals (team_id, plan_hash) WHERE used_at IS NULL;

-- Large values in parts of a few MiB.
CREATE TABLE synctec.blob_parts (
    team_id uuid NOT NULL REFERENCES synctec.teams,
    blob_id uuid NOT NULL,
    part bigint NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (team_id, blob_id, part)
);

CREATE TABLE synctec.baselines (
    team_id uuid NOT NULL REFERENCES synctec.teams,
    shop text NOT NULL,
    run_id uuid NOT NULL,
    at timestamptz NOT NULL,
    rules text NOT NULL,
    source_blob uuid NOT NULL,
    links_blob uuid NOT NULL,
    rate jsonb,
    source_skus bigint NOT NULL,
    destination_skus bigint NOT NULL,
    PRIMARY KEY (team_id, shop)
);

CREATE TABLE synctec.attempts (
    team_id uuid NOT NULL REFERENCES synctec.teams,
    shop text NOT NULL,
    number bigint NOT NULL,
    sku text NOT NULL,
    field text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('unheld', 'failed')),
    count bigint NOT NULL,
    detail text NOT NULL,
    PRIMARY KEY (team_id, shop, number)
);

CREATE TABLE synctec.intents (
    team_id uuid NOT NULL REFERENCES synctec.teams,
    intent_key text NOT NULL,
    run_id uuid NOT NULL,
    shop text NOT NULL,
    call text NOT NULL,
    corrections json NOT NULL,
    intended_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('intended', 'done', 'refused', 'unknown')),
    detail text NOT NULL,
    settled_at timestamptz,
    PRIMARY KEY (team_id, intent_key)
);

CREATE INDEX intents_open ON synctec.intents (team_id, shop) WHERE state = 'intended';
CREATE INDEX intents_by_run ON synctec.intents (team_id, shop, run_id);

CREATE TABLE synctec.export_tickets (
    team_id uuid NOT NULL REFERENCES synctec.teams,
    shop text NOT NULL,
    operation text NOT NULL,
    started_at timestamptz NOT NULL,
    query text NOT NULL,
    PRIMARY KEY (team_id, shop)
);

-- Teams are kept apart by the server itself: forced, so that not even the owner sees more. An empty setting is what is left of
-- one that was local to a transaction.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'teams', 'stores', 'memberships', 'membership_events', 'fences', 'runs', 'run_destinations', 'corrections',
        'findings', 'plans', 'approvals', 'blob_parts', 'baselines', 'attempts', 'intents', 'export_tickets'
    ]
    LOOP
        EXECUTE format('ALTER TABLE synctec.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE synctec.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_team ON synctec.%I USING (team_id = nullif(current_setting(%L, true), %L)::uuid)',
            name, 'synctec.team', '');
    END LOOP;
END
$$;

-- A team may be found by its exact address, and by nothing else.
CREATE POLICY by_address ON synctec.teams FOR SELECT USING (address = current_setting('synctec.team_address', true));

ALTER TABLE synctec.missed_lookups ENABLE ROW LEVEL SECURITY;
ALTER TABLE synctec.missed_lookups FORCE ROW LEVEL SECURITY;
CREATE POLICY own_actor ON synctec.missed_lookups
    USING (actor = nullif(current_setting('synctec.actor', true), ''));

GRANT USAGE ON SCHEMA synctec TO synctec_service;
GRANT SELECT ON synctec.schema_versions, synctec.installation TO synctec_service;
GRANT SELECT, INSERT ON synctec.membership_events, synctec.missed_lookups TO synctec_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON
    synctec.teams, synctec.stores, synctec.memberships, synctec.fences, synctec.runs, synctec.run_destinations,
    synctec.corrections, synctec.findings, synctec.plans, synctec.approvals, synctec.blob_parts, synctec.baselines,
    synctec.attempts, synctec.intents, synctec.export_tickets
    TO synctec_service;

-- The faster compression, where the server was built with it.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)) THEN
        ALTER TABLE synctec.plans ALTER COLUMN document SET COMPRESSION lz4;
        ALTER TABLE synctec.blob_parts ALTER COLUMN bytes SET COMPRESSION lz4;
    END IF;
END
$$;
