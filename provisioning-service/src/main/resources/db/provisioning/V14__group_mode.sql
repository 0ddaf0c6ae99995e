-- Group mode: what cards hold of their groups, campaigns, and what moves in them.

ALTER TABLE fleet_group
    -- Of the group's configuration; a card with another one does not obey.
    ADD COLUMN epoch   int    NOT NULL DEFAULT 1,
    -- Of the group's latest package.
    ADD COLUMN counter bigint NOT NULL DEFAULT 0;

ALTER TABLE member
    ADD COLUMN spokesman boolean NOT NULL DEFAULT false;

ALTER TABLE card
    -- Whether the card has the extension that executes group packages.
    ADD COLUMN group_packages boolean NOT NULL DEFAULT false,
    -- The configurations that it holds.
    ADD COLUMN groups         text    NOT NULL DEFAULT '{}';

ALTER TABLE procedure
    ADD COLUMN commanded_by text;
-- The operation first, so that it is never taken for the index of a card's open procedures.
CREATE INDEX procedure_of_operation ON procedure (operation, state, tenant_id) WHERE state <> 'Ended';

ALTER TABLE expansion
    ADD COLUMN in_group boolean NOT NULL DEFAULT false,
    ADD COLUMN origin   text    NOT NULL DEFAULT 'ORDER';

CREATE TABLE campaign
(
    tenant_id    text        NOT NULL,
    operation    text        NOT NULL,
    gid          text        NOT NULL,
    function     text        NOT NULL,
    plan         text        NOT NULL,
    triggers     boolean     NOT NULL,
    opened_at    timestamptz NOT NULL,
    valid_until  timestamptz NOT NULL,
    stage        text        NOT NULL,
    paused       boolean     NOT NULL,
    triggered_at timestamptz,
    -- The packages that went out, and the canary.
    packages     text        NOT NULL,
    events       bigint      NOT NULL,
    -- null: it is over.
    due_at       timestamptz,
    PRIMARY KEY (tenant_id, operation)
);
CREATE INDEX campaign_due ON campaign (due_at, tenant_id) WHERE due_at IS NOT NULL;
CREATE INDEX campaign_of_group ON campaign (tenant_id, gid) WHERE due_at IS NOT NULL;

-- How members moved, in rows that nobody waits for; the next look at the campaign adds them up.
CREATE TABLE campaign_delta
(
    tenant_id text   NOT NULL,
    operation text   NOT NULL,
    id        bigint GENERATED ALWAYS AS IDENTITY,
    state     text   NOT NULL,
    cards     bigint NOT NULL,
    PRIMARY KEY (tenant_id, operation, id)
);

CREATE TABLE campaign_count
(
    tenant_id text   NOT NULL,
    operation text   NOT NULL,
    state     text   NOT NULL,
    cards     bigint NOT NULL,
    PRIMARY KEY (tenant_id, operation, state)
) WITH (fillfactor = 50);

-- A group whose epoch has risen: its members are looked at in chunks, in the order of nids.
CREATE TABLE regrouping
(
    tenant_id text        NOT NULL,
    gid       text        NOT NULL,
    after_nid text        NOT NULL,
    due_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, gid)
);

CALL tenant_rows('campaign');
CALL tenant_rows('campaign_delta');
CALL tenant_rows('campaign_count');
CALL tenant_rows('regrouping');

GRANT SELECT, INSERT, UPDATE, DELETE ON campaign, campaign_delta, campaign_count, regrouping TO ${app};

CREATE POLICY dispatch ON campaign FOR SELECT TO ${dispatcher} USING (true);
CREATE POLICY dispatch ON regrouping FOR SELECT TO ${dispatcher} USING (true);
GRANT SELECT (tenant_id, due_at) ON campaign, regrouping TO ${dispatcher};
