-- What cards ask for by themselves (flow D): the policies that answer them, and requests that wait for an operator.

ALTER TABLE card_group
    -- Where the one function of on_request, for whoever asks, does not say all of the policy.
    ADD COLUMN request_policy text;

ALTER TABLE tenant
    -- The policy where no group of the card has a rule.
    ADD COLUMN request_policy text;

CREATE TABLE client_request
(
    tenant_id   text        NOT NULL,
    -- The operation that carries it out, once it is approved.
    ticket      text        NOT NULL,
    -- In the order of their coming; the keyset of the list.
    number      bigint GENERATED ALWAYS AS IDENTITY,
    nid         text        NOT NULL,
    -- The group that it is for; absent: the card itself.
    gid         text,
    reason      text        NOT NULL,
    -- What it would get: a function, or a profile of that template out of stock.
    function_name text,
    target_kind   text,
    target        text,
    template      text,
    state       text        NOT NULL CHECK (state IN ('Waiting', 'Approved', 'Refused', 'Expired')),
    asked_at    timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    decided_by  text,
    decided_at  timestamptz,
    PRIMARY KEY (tenant_id, ticket)
);
CREATE UNIQUE INDEX client_request_by_number ON client_request (tenant_id, number);
CREATE INDEX client_request_waiting ON client_request (tenant_id, number) WHERE state = 'Waiting';
CALL tenant_rows('client_request');
GRANT SELECT, INSERT, UPDATE ON client_request TO ${app};
