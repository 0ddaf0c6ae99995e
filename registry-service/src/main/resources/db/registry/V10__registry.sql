-- The registry: tenants, cards, groups, operations, audit. Tables of tenants have the tenant first in their key and end
-- with tenant_rows; the few without a tenant_id belong to the platform and hold nothing of a tenant.

-- Topic sets that exist in Kafka, with the partitions that their topics were really made with.
CREATE TABLE topic_set
(
    name       text PRIMARY KEY,
    partitions int  NOT NULL
);

-- Public keys under which card keys are encrypted, as provisioning published them.
CREATE TABLE transport_key
(
    role         text        NOT NULL,
    key_id       text        NOT NULL,
    jwk          text        NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (role, key_id)
);

-- How far the events were read, kept in the transactions that hold their effects.
CREATE TABLE ingest_position
(
    topic       text   NOT NULL,
    partition   int    NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (topic, partition)
);

GRANT SELECT, INSERT ON topic_set TO ${app};
GRANT SELECT, INSERT, UPDATE ON transport_key, ingest_position TO ${app};

-- EIDs and ICCIDs are unique across tenants. Nobody may look in here: the functions below answer only yes or no.
CREATE TABLE claim
(
    kind      text NOT NULL,
    number    text NOT NULL,
    tenant_id text NOT NULL,
    nid       text NOT NULL,
    PRIMARY KEY (kind, number)
);
CREATE INDEX claim_of_card ON claim (tenant_id, nid);
-- No row level security: the claim of another tenant must be found, by the owner's functions alone.

CREATE FUNCTION claim_tenant() RETURNS text
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS
$$
BEGIN
    IF coalesce(current_setting('app.tenant', true), '') = '' THEN
        RAISE EXCEPTION 'no tenant is named' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN current_setting('app.tenant', true);
END
$$;

-- Claims numbers for new cards of the present tenant and returns those that are another card's, whoever's that is. A card
-- with one such number gets none of its numbers.
CREATE FUNCTION claim_numbers(kinds text[], numbers text[], nids text[])
    RETURNS TABLE (refused_kind text, refused_number text, refused_nid text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DECLARE
    mine text := claim_tenant();
BEGIN
    -- In one order for all, so that two registrations at once wait for each other and never in a circle.
    INSERT INTO claim (kind, number, tenant_id, nid)
    SELECT k, n, mine, c FROM unnest(kinds, numbers, nids) AS a(k, n, c) ORDER BY k, n
    ON CONFLICT DO NOTHING;
    RETURN QUERY
        SELECT a.k, a.n, a.c
        FROM unnest(kinds, numbers, nids) AS a(k, n, c)
                 JOIN claim ON claim.kind = a.k AND claim.number = a.n
        WHERE claim.tenant_id <> mine OR claim.nid <> a.c;
    DELETE FROM claim
    WHERE tenant_id = mine
      AND nid IN (SELECT a.c
                  FROM unnest(kinds, numbers, nids) AS a(k, n, c)
                           JOIN claim taken ON taken.kind = a.k AND taken.number = a.n
                  WHERE taken.tenant_id <> mine OR taken.nid <> a.c);
END
$$;

-- Gives up all claims of a card of the present tenant.
CREATE FUNCTION release_card(card text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DELETE FROM claim WHERE tenant_id = claim_tenant() AND nid = card
$$;

-- Gives up profiles that were deleted from their cards.
CREATE FUNCTION release_iccids(iccids text[], nids text[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DELETE FROM claim USING unnest(iccids, nids) AS a(n, c)
WHERE kind = 'iccid' AND number = a.n AND tenant_id = claim_tenant() AND nid = a.c
$$;

REVOKE ALL ON FUNCTION claim_tenant(), claim_numbers(text[], text[], text[]), release_card(text),
    release_iccids(text[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_numbers(text[], text[], text[]), release_card(text), release_iccids(text[], text[])
    TO ${app};

CREATE TABLE tenant
(
    tenant_id     text PRIMARY KEY,
    topic_set     text        NOT NULL REFERENCES topic_set,
    pool          text        NOT NULL,
    active        boolean     NOT NULL DEFAULT true,
    -- Rises with every fleet record; its row lock gives them their order.
    fleet_version bigint      NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL DEFAULT now()
);
CALL tenant_rows('tenant');
GRANT SELECT, INSERT, UPDATE ON tenant TO ${app};

CREATE TABLE euicc
(
    tenant_id      text        NOT NULL,
    nid            text        NOT NULL,
    eid            text        NOT NULL,
    -- A removed card keeps its row: its nid and its last sequence stay known.
    active         boolean     NOT NULL DEFAULT true,
    verifier       bytea       NOT NULL,
    eis            jsonb       NOT NULL,
    registration   text        NOT NULL CHECK (registration IN ('Pending', 'Registered', 'Refused')),
    refusal_code   text,
    refusal_detail text,
    operation      text        NOT NULL,
    online         boolean     NOT NULL DEFAULT false,
    last_sequence  bigint      NOT NULL DEFAULT 0,
    registered_at  timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, nid),
    UNIQUE (tenant_id, eid)
);
CALL tenant_rows('euicc');
GRANT SELECT, INSERT, UPDATE ON euicc TO ${app};

CREATE TABLE euicc_profile
(
    tenant_id          text    NOT NULL,
    nid                text    NOT NULL,
    isd_p_aid          text    NOT NULL,
    iccid              text    NOT NULL,
    state              text    NOT NULL,
    fallback_attribute boolean NOT NULL,
    type               text,
    owner              text,
    mno_id             text,
    PRIMARY KEY (tenant_id, nid, isd_p_aid)
);
CALL tenant_rows('euicc_profile');
GRANT SELECT, INSERT, UPDATE, DELETE ON euicc_profile TO ${app};

CREATE TABLE card_group
(
    tenant_id              text        NOT NULL,
    gid                    text        NOT NULL,
    on_request_name        text,
    on_request_target_kind text,
    on_request_target      text,
    created_at             timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, gid)
);
CALL tenant_rows('card_group');
GRANT SELECT, INSERT, UPDATE ON card_group TO ${app};

-- A membership that ended keeps its row, so that the next joining has the next epoch.
CREATE TABLE membership
(
    tenant_id  text    NOT NULL,
    gid        text    NOT NULL,
    nid        text    NOT NULL,
    join_epoch int     NOT NULL,
    active     boolean NOT NULL,
    PRIMARY KEY (tenant_id, gid, nid),
    FOREIGN KEY (tenant_id, gid) REFERENCES card_group,
    FOREIGN KEY (tenant_id, nid) REFERENCES euicc
);
CREATE INDEX membership_of_card ON membership (tenant_id, nid);
CALL tenant_rows('membership');
GRANT SELECT, INSERT, UPDATE ON membership TO ${app};

CREATE TABLE operation
(
    tenant_id       text        NOT NULL,
    id              text        NOT NULL,
    -- In the order of their creation; the keyset of the list.
    number          bigint GENERATED ALWAYS AS IDENTITY,
    -- Absent until known: a client's request is told before its function is.
    function_name   text,
    target_kind     text,
    target          text,
    nid             text,
    gid             text,
    origin          text        NOT NULL CHECK (origin IN ('order', 'client')),
    requester       text        NOT NULL,
    status          text        NOT NULL CHECK (status IN ('Pending', 'Running', 'Completed', 'Failed')),
    -- Absent until provisioning has expanded a group order.
    members         bigint,
    failure_code    text,
    failure_detail  text,
    idempotency_key text,
    request_hash    text,
    created_at      timestamptz NOT NULL,
    valid_until     timestamptz,
    started_at      timestamptz,
    completed_at    timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, idempotency_key)
);
CREATE UNIQUE INDEX operation_by_number ON operation (tenant_id, number);
CALL tenant_rows('operation');
GRANT SELECT, INSERT, UPDATE ON operation TO ${app};

CREATE TABLE operation_member
(
    tenant_id  text        NOT NULL,
    operation  text        NOT NULL,
    nid        text        NOT NULL,
    procedure  text        NOT NULL,
    state      text        NOT NULL,
    status     text,
    code       text,
    detail     text,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, operation, nid)
);
CALL tenant_rows('operation_member');
GRANT SELECT, INSERT, UPDATE ON operation_member TO ${app};

-- How many members of an operation are in a state; kept by differences, so that reading an operation of any size is cheap.
CREATE TABLE operation_count
(
    tenant_id text   NOT NULL,
    operation text   NOT NULL,
    state     text   NOT NULL,
    cards     bigint NOT NULL,
    PRIMARY KEY (tenant_id, operation, state)
)
    WITH (fillfactor = 50);
CALL tenant_rows('operation_count');
GRANT SELECT, INSERT, UPDATE ON operation_count TO ${app};

-- Appended, never changed: the service has no right to.
CREATE TABLE audit_entry
(
    tenant_id text        NOT NULL,
    id        bigint GENERATED ALWAYS AS IDENTITY,
    at        timestamptz NOT NULL,
    actor     text        NOT NULL,
    action    text        NOT NULL,
    nid       text,
    gid       text,
    operation text,
    detail    text,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX audit_entry_of_card ON audit_entry (tenant_id, nid, id);
CREATE INDEX audit_entry_of_operation ON audit_entry (tenant_id, operation, id);
CALL tenant_rows('audit_entry');
GRANT SELECT, INSERT ON audit_entry TO ${app};
