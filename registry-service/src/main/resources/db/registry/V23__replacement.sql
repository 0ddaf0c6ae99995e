-- Device replacement (flow E) as provisioning tells of it, and the reuse ledger: who held which profile when, and why it moved.

CREATE TABLE replacement
(
    tenant_id     text        NOT NULL,
    ticket        text        NOT NULL,
    -- In the order in which they became known; the keyset of the list.
    number        bigint GENERATED ALWAYS AS IDENTITY,
    mode          text        NOT NULL,
    gid           text        NOT NULL,
    old           text        NOT NULL,
    successor     text        NOT NULL,
    iccid         text        NOT NULL,
    reason        text        NOT NULL,
    -- Of the last event; only a higher one changes anything.
    sequence      bigint      NOT NULL,
    stage         text        NOT NULL,
    holder        text        NOT NULL,
    -- How it has ended.
    status        text,
    code          text,
    detail        text,
    -- Why it does not go on; null again when it does.
    stuck_at      timestamptz,
    stuck_code    text,
    stuck_detail  text,
    -- The old card is not asked any more: its profile stays what it is, and the successor gets one of its own.
    forced        boolean     NOT NULL,
    requested_at  timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    installing_at timestamptz,
    -- When the right came to be the successor's, and the old card's packet that says so.
    moved_at      timestamptz,
    ended_at      timestamptz,
    evidence      bytea,
    -- Whether the claim of the ICCID, and the subscription of the stock, have followed.
    handed_over   boolean     NOT NULL DEFAULT false,
    -- What an operator said last, and who approved it, whatever was said after.
    verdict        text CHECK (verdict IN ('approve', 'refuse', 'cancel')),
    verdict_order  text,
    verdict_reason text,
    decided_by     text,
    decided_at     timestamptz,
    approved_by    text,
    PRIMARY KEY (tenant_id, ticket),
    CHECK ((verdict IS NULL) = (verdict_order IS NULL) AND (verdict IS NULL) = (decided_by IS NULL)
        AND (verdict IS NULL) = (decided_at IS NULL))
);
CREATE UNIQUE INDEX replacement_by_number ON replacement (tenant_id, number);
CREATE INDEX replacement_of_old ON replacement (tenant_id, old);
CREATE INDEX replacement_of_successor ON replacement (tenant_id, successor);
CREATE INDEX replacement_of_iccid ON replacement (tenant_id, iccid);
CREATE INDEX replacement_open ON replacement (tenant_id, number) WHERE stage NOT IN ('Completed', 'Ended');
CALL tenant_rows('replacement');
GRANT SELECT, INSERT, UPDATE ON replacement TO ${app};

-- Each stage that it came to, and each time that it did not go on. Appended and never changed.
CREATE TABLE replacement_step
(
    tenant_id text        NOT NULL,
    ticket    text        NOT NULL,
    sequence  bigint      NOT NULL,
    at        timestamptz NOT NULL,
    stage     text        NOT NULL,
    holder    text        NOT NULL,
    code      text,
    detail    text,
    PRIMARY KEY (tenant_id, ticket, sequence)
);
CALL tenant_rows('replacement_step');
GRANT SELECT, INSERT ON replacement_step TO ${app};

-- From when to when a card had a profile, by what was told of that card alone.
CREATE TABLE profile_span
(
    tenant_id  text        NOT NULL,
    iccid      text        NOT NULL,
    nid        text        NOT NULL,
    -- Of the card's event that told of the profile.
    sequence   bigint      NOT NULL,
    since_at   timestamptz NOT NULL,
    cause      text        NOT NULL,
    gone_at    timestamptz,
    -- Removed: the card left the fleet, which says nothing of what is on it.
    gone_cause text,
    PRIMARY KEY (tenant_id, iccid, nid, sequence),
    CHECK (gone_at >= since_at),
    CHECK ((gone_at IS NULL) = (gone_cause IS NULL))
);
CREATE UNIQUE INDEX profile_span_open ON profile_span (tenant_id, nid, iccid) WHERE gone_at IS NULL;
CALL tenant_rows('profile_span');
GRANT SELECT, INSERT ON profile_span TO ${app};
GRANT UPDATE (gone_at, gone_cause) ON profile_span TO ${app};

-- One row for each ICCID that was on a card: whoever works out its holders locks it. Facts of one ICCID come from the partitions of
-- several cards; whoever has the lock later sees all of them.
CREATE TABLE profile_ledger
(
    tenant_id text NOT NULL,
    iccid     text NOT NULL,
    PRIMARY KEY (tenant_id, iccid)
);
CALL tenant_rows('profile_ledger');
-- SELECT .. FOR UPDATE needs the right to UPDATE.
GRANT SELECT, INSERT, UPDATE ON profile_ledger TO ${app};

-- The ledger, worked out of spans and replacements: it can be worked out again at any time, and comes out the same.
CREATE TABLE profile_holder
(
    tenant_id       text        NOT NULL,
    iccid           text        NOT NULL,
    -- From 0, in the order of time.
    position        int         NOT NULL,
    nid             text        NOT NULL,
    from_at         timestamptz NOT NULL,
    until_at        timestamptz,
    -- Why it has it, and why no longer.
    cause           text        NOT NULL,
    end_cause       text,
    -- Of the replacement that brought it.
    ticket          text,
    mode            text,
    reason          text,
    approved_by     text,
    evidence        bytea,
    evidence_sha256 bytea GENERATED ALWAYS AS (sha256(evidence)) STORED,
    PRIMARY KEY (tenant_id, iccid, position),
    CHECK (until_at >= from_at),
    CHECK ((until_at IS NULL) = (end_cause IS NULL))
);
-- At most one card holds a profile now.
CREATE UNIQUE INDEX profile_holder_live ON profile_holder (tenant_id, iccid) WHERE until_at IS NULL;
CREATE INDEX profile_holder_of_card ON profile_holder (tenant_id, nid, iccid, position);
CALL tenant_rows('profile_holder');
GRANT SELECT, INSERT, DELETE ON profile_holder TO ${app};

-- Profiles that are to become the successor's. Void when it was forced, or ended without a move, or the successor's card has said that it
-- has no such profile any more; not because it has given it away in its turn. A card that was taken out of the fleet has said nothing.
CREATE VIEW promise WITH (security_invoker = true) AS
SELECT r.tenant_id, r.ticket, r.iccid, r.old, r.successor, r.installing_at, r.moved_at
FROM replacement r
WHERE r.installing_at IS NOT NULL AND NOT r.forced AND NOT r.handed_over
  AND (r.ended_at IS NULL OR r.moved_at IS NOT NULL)
  AND (NOT EXISTS (SELECT FROM profile_span s
                   WHERE s.tenant_id = r.tenant_id AND s.iccid = r.iccid AND s.nid = r.successor
                     AND s.gone_at >= r.installing_at AND s.gone_cause <> 'Removed'
                     AND NOT EXISTS (SELECT FROM replacement n
                                     WHERE n.tenant_id = r.tenant_id AND n.iccid = r.iccid AND n.old = r.successor
                                       AND n.installing_at BETWEEN r.installing_at AND s.gone_at AND NOT n.forced
                                       AND (n.ended_at IS NULL OR n.moved_at IS NOT NULL)))
    OR EXISTS (SELECT FROM profile_span s
               WHERE s.tenant_id = r.tenant_id AND s.iccid = r.iccid AND s.nid = r.successor AND s.gone_at IS NULL));
GRANT SELECT ON promise TO ${app};

ALTER TABLE subscription
    -- The card that gets it next, because its device takes the place of the one that has it.
    ADD COLUMN successor text,
    ADD CHECK (successor IS NULL OR (nid IS NOT NULL AND successor <> nid));
CREATE INDEX subscription_of_successor ON subscription (tenant_id, successor) WHERE successor IS NOT NULL;

-- Whether any card is told to have a profile is asked before its subscription is given out again.
CREATE INDEX euicc_profile_of_iccid ON euicc_profile (tenant_id, iccid);

-- From old cards to their successors, and told which are the successors' now; not those that a third card has, which are handed on to the
-- old card first.
CREATE FUNCTION move_iccids(iccids text[], olds text[], successors text[]) RETURNS TABLE (moved text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DECLARE
    mine text := claim_tenant();
BEGIN
    -- One that was released when the old card was taken out of the fleet is claimed again, unless somebody else has it by now.
    INSERT INTO claim (kind, number, tenant_id, nid)
    SELECT 'iccid', n, mine, s FROM unnest(iccids, successors) AS a(n, s) ORDER BY n
    ON CONFLICT DO NOTHING;
    RETURN QUERY
        UPDATE claim c SET nid = a.s
        FROM unnest(iccids, olds, successors) AS a(n, o, s)
        WHERE c.kind = 'iccid' AND c.number = a.n AND c.tenant_id = mine AND c.nid IN (a.o, a.s)
        RETURNING c.number;
END
$$;
REVOKE ALL ON FUNCTION move_iccids(text[], text[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION move_iccids(text[], text[], text[]) TO ${app};

-- As before, but what is promised to a successor waits for it.
CREATE OR REPLACE FUNCTION release_iccids(iccids text[], nids text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DECLARE
    mine text := claim_tenant();
BEGIN
    -- Who claims one of them at this moment is waited for; the next statement sees the download that it was for.
    PERFORM 1
    FROM unnest(iccids, nids) AS a(n, card)
             JOIN claim c ON c.kind = 'iccid' AND c.number = a.n AND c.tenant_id = mine AND c.nid = a.card
    ORDER BY c.number
        FOR UPDATE OF c;
    DELETE FROM claim c USING unnest(iccids, nids) AS a(n, card)
    WHERE c.kind = 'iccid' AND c.number = a.n AND c.tenant_id = mine AND c.nid = a.card
      AND NOT EXISTS (SELECT FROM euicc_profile p WHERE p.tenant_id = mine AND p.nid = a.card AND p.iccid = a.n)
      AND NOT EXISTS (SELECT FROM promise p WHERE p.tenant_id = mine AND p.old = a.card AND p.iccid = a.n)
      AND NOT EXISTS (SELECT FROM operation o
                      WHERE o.tenant_id = mine AND o.nid = a.card AND o.target = a.n
                        AND o.function_name = 'DownloadProfile' AND o.status IN ('Pending', 'Running'))
      AND NOT EXISTS (SELECT FROM subscription s
                      WHERE s.tenant_id = mine AND s.iccid = a.n AND s.state <> 'Refused');
END
$$;

-- As before, but what is promised to a successor is the successor's at once.
CREATE OR REPLACE FUNCTION release_card(card text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DECLARE
    mine text := claim_tenant();
BEGIN
    UPDATE claim c SET nid = p.successor
    FROM promise p
    WHERE c.tenant_id = mine AND c.nid = card AND c.kind = 'iccid' AND p.tenant_id = mine AND p.old = card AND p.iccid = c.number
      AND NOT EXISTS (SELECT FROM subscription s
                      WHERE s.tenant_id = mine AND s.iccid = c.number AND s.state <> 'Refused');
    DELETE FROM claim c
    WHERE c.tenant_id = mine AND c.nid = card
      AND NOT EXISTS (SELECT FROM subscription s
                      WHERE s.tenant_id = mine AND c.kind = 'iccid' AND s.iccid = c.number AND s.state <> 'Refused');
END
$$;
