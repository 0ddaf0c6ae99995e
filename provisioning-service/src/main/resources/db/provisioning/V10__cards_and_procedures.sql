-- What the SM-SR knows of cards and what it does with them. Every table of tenants has the tenant first in its key, and
-- forced row level security; the dispatcher's login sees where work is due, and nothing of it.

CREATE TABLE tenant
(
    tenant_id     text PRIMARY KEY,
    -- Up to here the tenant's fleet records were read; an order that presupposes more is parked.
    fleet_version bigint  NOT NULL,
    topic_set     text    NOT NULL,
    active        boolean NOT NULL
);

CREATE TABLE fleet_group
(
    tenant_id  text NOT NULL,
    gid        text NOT NULL,
    on_request text,
    PRIMARY KEY (tenant_id, gid)
);

CREATE TABLE member
(
    tenant_id  text NOT NULL,
    gid        text NOT NULL,
    nid        text NOT NULL,
    join_epoch int  NOT NULL,
    PRIMARY KEY (tenant_id, gid, nid)
);
CREATE INDEX member_of ON member (tenant_id, nid);

CREATE TABLE card
(
    tenant_id      text    NOT NULL,
    nid            text    NOT NULL,
    eid            text    NOT NULL,
    registered     boolean NOT NULL,
    profiles       text    NOT NULL,
    counter        bigint  NOT NULL,
    confirmed      int     NOT NULL,
    lapsed         boolean NOT NULL,
    answers        text    NOT NULL,
    node           text,
    boot           text,
    connection     text,
    online_since   timestamptz,
    -- The sequence of the card's last event; whoever holds the row's lock draws the next.
    event_sequence bigint  NOT NULL,
    PRIMARY KEY (tenant_id, nid)
) WITH (fillfactor = 70);
CREATE INDEX card_on_node ON card (node, tenant_id) WHERE node IS NOT NULL;

-- Apart from the card, so that what reads cards need not touch keys. Encrypted under the tenant's data key.
CREATE TABLE card_key
(
    tenant_id text  NOT NULL,
    nid       text  NOT NULL,
    version   int   NOT NULL,
    wrapped   bytea NOT NULL,
    PRIMARY KEY (tenant_id, nid)
);

-- The tenant's data key, encrypted under the master key.
CREATE TABLE tenant_key
(
    tenant_id text PRIMARY KEY,
    wrapped   bytea NOT NULL
);

CREATE TABLE procedure
(
    tenant_id    text        NOT NULL,
    procedure_id uuid        NOT NULL,
    nid          text        NOT NULL,
    operation    text        NOT NULL,
    purpose      text        NOT NULL,
    origin       text        NOT NULL,
    position     bigint      NOT NULL,
    valid_until  timestamptz NOT NULL,
    state        text        NOT NULL,
    messages     int         NOT NULL,
    tries        int         NOT NULL,
    due_at       timestamptz,
    target       text,
    -- The message that waits for its answer: the truth about what is outstanding.
    message_id   text,
    counter      bigint,
    payload      bytea,
    sends        int,
    sent_at      timestamptz,
    -- What the state holds besides: doubt, notification, resolution, outcome.
    detail       text        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    ended_at     timestamptz,
    PRIMARY KEY (tenant_id, procedure_id)
) WITH (fillfactor = 60);
CREATE UNIQUE INDEX procedure_outstanding ON procedure (tenant_id, nid) WHERE state NOT IN ('Queued', 'Ended');
CREATE INDEX procedure_open ON procedure (tenant_id, nid) WHERE state <> 'Ended';
CREATE INDEX procedure_due ON procedure (due_at, tenant_id) WHERE due_at IS NOT NULL;

CREATE TABLE parked_order
(
    tenant_id     text        NOT NULL,
    operation     text        NOT NULL,
    fleet_version bigint      NOT NULL,
    payload       bytea       NOT NULL,
    due_at        timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, operation)
);
CREATE INDEX parked_order_due ON parked_order (due_at, tenant_id);

-- A group order on its way to one procedure a member. Kept after that, so that a repeated order is known.
CREATE TABLE expansion
(
    tenant_id   text        NOT NULL,
    operation   text        NOT NULL,
    function    text        NOT NULL,
    valid_until timestamptz NOT NULL,
    members     bigint      NOT NULL,
    -- null: every member has its procedure.
    due_at      timestamptz,
    PRIMARY KEY (tenant_id, operation)
);
CREATE INDEX expansion_due ON expansion (due_at, tenant_id) WHERE due_at IS NOT NULL;

-- The members as they were when the order was carried out; each goes when it has its procedure.
CREATE TABLE expansion_member
(
    tenant_id text NOT NULL,
    operation text NOT NULL,
    nid       text NOT NULL,
    PRIMARY KEY (tenant_id, operation, nid)
);

-- Per tenant and partition, the first offset that is not in the state yet: what makes a slice safe to repeat when the
-- poll that it was part of did not end.
CREATE TABLE seen
(
    tenant_id   text   NOT NULL,
    topic       text   NOT NULL,
    partition   int    NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (tenant_id, topic, partition)
);

CALL tenant_rows('tenant');
CALL tenant_rows('fleet_group');
CALL tenant_rows('member');
CALL tenant_rows('card');
CALL tenant_rows('card_key');
CALL tenant_rows('tenant_key');
CALL tenant_rows('procedure');
CALL tenant_rows('parked_order');
CALL tenant_rows('expansion');
CALL tenant_rows('expansion_member');
CALL tenant_rows('seen');

-- Of no tenant: who reads which partition, up to where.
CREATE TABLE partition_claim
(
    topic       text   NOT NULL,
    partition   int    NOT NULL,
    owner       text   NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);

-- Of no tenant: the platform's own key pairs, their private parts encrypted under the master key.
CREATE TABLE transport_key
(
    role       text PRIMARY KEY,
    key_id     text        NOT NULL,
    public_jwk text        NOT NULL,
    wrapped    bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT, UPDATE, DELETE ON tenant, fleet_group, member, card, card_key, tenant_key, procedure, parked_order,
    expansion, expansion_member, seen, partition_claim, transport_key TO ${app};

-- Across tenants the dispatcher learns where and when, never what.
CREATE POLICY dispatch ON procedure FOR SELECT TO ${dispatcher} USING (true);
CREATE POLICY dispatch ON expansion FOR SELECT TO ${dispatcher} USING (true);
CREATE POLICY dispatch ON parked_order FOR SELECT TO ${dispatcher} USING (true);
CREATE POLICY dispatch ON card FOR SELECT TO ${dispatcher} USING (true);
GRANT SELECT (tenant_id, due_at) ON procedure, expansion, parked_order TO ${dispatcher};
GRANT SELECT (tenant_id, node) ON card TO ${dispatcher};
