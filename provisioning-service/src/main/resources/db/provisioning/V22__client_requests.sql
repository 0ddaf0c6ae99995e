-- Requests of cards (flow D): the policies that answer them, and their tickets.

ALTER TABLE fleet_group
    -- Where on_request, the one function for whoever asks, does not say all of the policy.
    ADD COLUMN requests text;

ALTER TABLE tenant
    -- The policy where no group of the card has a rule.
    ADD COLUMN requests text;

ALTER TABLE card
    -- When the registry was last told of a request that has got no ticket: it is not told of each.
    ADD COLUMN asking_told_at timestamptz;

-- One row a request that was not refused at once; kept as long as a quota may count it, so that its D1 is known for as long.
CREATE TABLE client_request
(
    tenant_id text        NOT NULL,
    nid       text        NOT NULL,
    d1        text        NOT NULL,
    operation text        NOT NULL,
    -- The group whose rule it is; empty: the tenant's.
    scope     text        NOT NULL,
    reason    text        NOT NULL,
    stage     text        NOT NULL,
    asked_at  timestamptz NOT NULL,
    -- null: nothing is to come of it by itself.
    due_at    timestamptz,
    -- What else the ticket holds.
    detail    text        NOT NULL,
    PRIMARY KEY (tenant_id, nid, d1)
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX client_request_operation ON client_request (tenant_id, operation);
CREATE INDEX client_request_of_rule ON client_request (tenant_id, scope, reason, asked_at);
CREATE INDEX client_request_waiting ON client_request (tenant_id) WHERE stage = 'WAITING';
CREATE INDEX client_request_due ON client_request (due_at, tenant_id) WHERE due_at IS NOT NULL;

CALL tenant_rows('client_request');
GRANT SELECT, INSERT, UPDATE, DELETE ON client_request TO ${app};

CREATE POLICY dispatch ON client_request FOR SELECT TO ${dispatcher} USING (true);
GRANT SELECT (tenant_id, due_at) ON client_request TO ${dispatcher};
