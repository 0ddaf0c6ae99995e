-- Replacement (flow E): a subscription moves from one card to another.

ALTER TABLE sm_dp_subscription
    -- The card that gets a profile of it beside the one that has it, not enabled; it has the subscription alone once the other
    -- card itself has said that it has no such profile any more.
    ADD COLUMN successor text CHECK (successor <> nid);

ALTER TABLE card
    -- The profile that a replacement keeps for itself on this card; null: none.
    ADD COLUMN hold text;

ALTER TABLE card_platform
    -- The environment, by the EIS; null: it does not tell.
    ADD COLUMN platform_type    text,
    ADD COLUMN platform_version text;

CREATE TABLE replacement
(
    tenant_id text   NOT NULL,
    ticket    text   NOT NULL,
    old_nid   text   NOT NULL,
    new_nid   text   NOT NULL,
    -- The machine as it stands.
    state     text   NOT NULL,
    -- The latest E1 of the new device, which D2 answers, and what it said.
    request   text   NOT NULL,
    reason    text   NOT NULL,
    -- Whose the right is, as was told last.
    holder    text   NOT NULL,
    -- How many events were told of it.
    events    bigint NOT NULL,
    open      bool   NOT NULL,
    -- null: time brings nothing.
    due_at    timestamptz,
    PRIMARY KEY (tenant_id, ticket)
);
-- A card is in one at a time, in each part.
CREATE UNIQUE INDEX replacement_of_old ON replacement (tenant_id, old_nid) WHERE open;
CREATE UNIQUE INDEX replacement_of_new ON replacement (tenant_id, new_nid) WHERE open;
CREATE INDEX replacement_due ON replacement (due_at, tenant_id) WHERE due_at IS NOT NULL;

-- What happened on either card, in its order, until it is folded; appended under the card's lock, and never under the replacement's.
CREATE TABLE replacement_fact
(
    tenant_id text NOT NULL,
    id        bigint GENERATED ALWAYS AS IDENTITY,
    ticket    text NOT NULL,
    fact      text NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX replacement_fact_of ON replacement_fact (tenant_id, ticket, id);

CREATE SEQUENCE replacement_ticket;

CALL tenant_rows('replacement');
CALL tenant_rows('replacement_fact');

GRANT SELECT, INSERT, UPDATE, DELETE ON replacement, replacement_fact TO ${app};
GRANT USAGE ON replacement_ticket TO ${app};

CREATE POLICY dispatch ON replacement FOR SELECT TO ${dispatcher} USING (true);
CREATE POLICY dispatch ON replacement_fact FOR SELECT TO ${dispatcher} USING (true);
GRANT SELECT (tenant_id, due_at) ON replacement TO ${dispatcher};
GRANT SELECT (tenant_id) ON replacement_fact TO ${dispatcher};
