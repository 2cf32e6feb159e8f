-- The outbox: mails wait here from the end of their run until the mail server has taken them (FAULTS ML-1).

-- A mail's content, once for all who get it. Its texts and attachments are emptied when nobody waits for it any more.
CREATE TABLE synctec.mails (
    team_id uuid NOT NULL REFERENCES synctec.teams,
    mail_key text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('run', 'again', 'daily', 'failure')),
    audience text NOT NULL,
    run text NOT NULL,
    status text NOT NULL,
    created_at timestamptz NOT NULL,
    subject text NOT NULL,
    text_body text NOT NULL,
    html_body text NOT NULL,
    PRIMARY KEY (team_id, mail_key)
);

CREATE INDEX mails_by_time ON synctec.mails (team_id, created_at);

CREATE TABLE synctec.mail_attachments (
    team_id uuid NOT NULL,
    mail_key text NOT NULL,
    number bigint NOT NULL,
    name text NOT NULL,
    type text NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (team_id, mail_key, number),
    FOREIGN KEY (team_id, mail_key) REFERENCES synctec.mails ON DELETE CASCADE
);

-- Who gets it, each by itself. A row that is `sending` after its lease ran out was left by a process that died: whether the mail
-- went out is not known, so that the next sending says that it may be a repeat.
CREATE TABLE synctec.mail_recipients (
    team_id uuid NOT NULL,
    mail_key text NOT NULL,
    number bigint NOT NULL,
    address text NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'given up')),
    attempts bigint NOT NULL,
    next_at timestamptz NOT NULL,
    leased_until timestamptz,
    holder text NOT NULL,
    may_be_repeat boolean NOT NULL,
    reply text NOT NULL,
    settled_at timestamptz,
    PRIMARY KEY (team_id, mail_key, number),
    FOREIGN KEY (team_id, mail_key) REFERENCES synctec.mails ON DELETE CASCADE
);

CREATE INDEX mail_recipients_open ON synctec.mail_recipients (team_id, next_at) WHERE state IN ('waiting', 'sending');

-- What each audience was last told about trouble, so that the same is not mailed every hour.
CREATE TABLE synctec.mail_memory (
    team_id uuid NOT NULL REFERENCES synctec.teams,
    audience text NOT NULL,
    trouble text NOT NULL,
    told_at timestamptz NOT NULL,
    PRIMARY KEY (team_id, audience)
);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['mails', 'mail_attachments', 'mail_recipients', 'mail_memory']
    LOOP
        EXECUTE format('ALTER TABLE synctec.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE synctec.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_team ON synctec.%I USING (team_id = nullif(current_setting(%L, true), %L)::uuid)',
            name, 'synctec.team', '');
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON synctec.%I TO synctec_service', name);
    END LOOP;
END
$$;
