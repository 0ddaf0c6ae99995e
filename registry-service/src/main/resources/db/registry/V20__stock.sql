-- What the SM-DP has in stock: templates of profiles, and subscriptions that are to be put on cards. No secret of either stands here.

CREATE TABLE profile_template
(
    tenant_id  text        NOT NULL,
    template   text        NOT NULL,
    -- The operator whose profiles they are.
    operator   text        NOT NULL,
    -- The type that its profiles get where an order names none.
    type       text,
    -- Fewer available subscriptions than that are few.
    low_stock  bigint      NOT NULL DEFAULT 0,
    -- Since when they are few; null: they are not.
    low_since  timestamptz,
    -- What became of the last import of it, and whether the SM-DP has one at all, that one or one before.
    state      text        NOT NULL CHECK (state IN ('Importing', 'Available', 'Refused')),
    usable     boolean     NOT NULL DEFAULT false,
    operation  text        NOT NULL,
    code       text,
    detail     text,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, template)
);
CALL tenant_rows('profile_template');
GRANT SELECT, INSERT, UPDATE ON profile_template TO ${app};

CREATE TABLE subscription
(
    tenant_id  text        NOT NULL,
    iccid      text        NOT NULL,
    template   text        NOT NULL,
    -- Lost: the card that has it was taken out of the fleet; nobody can say any more that it is on no card.
    state      text        NOT NULL
        CHECK (state IN ('Importing', 'Refused', 'Available', 'Reserved', 'Consumed', 'Lost')),
    -- The import that brought it.
    import     text        NOT NULL,
    -- The card that has it or is to get it, and the download that brought or brings it there.
    nid        text,
    operation  text,
    code       text,
    detail     text,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, iccid),
    CHECK ((state IN ('Reserved', 'Consumed', 'Lost')) = (nid IS NOT NULL))
) WITH (fillfactor = 80);
CREATE INDEX subscription_available ON subscription (tenant_id, template, iccid) WHERE state = 'Available';
CREATE INDEX subscription_state ON subscription (tenant_id, template, state);
CREATE INDEX subscription_of_card ON subscription (tenant_id, nid) WHERE nid IS NOT NULL;
CREATE INDEX subscription_of_import ON subscription (tenant_id, import);
CALL tenant_rows('subscription');
GRANT SELECT, INSERT, UPDATE ON subscription TO ${app};

-- What happened to each, in its order. Appended and never changed.
CREATE TABLE subscription_event
(
    tenant_id text        NOT NULL,
    iccid     text        NOT NULL,
    id        bigint GENERATED ALWAYS AS IDENTITY,
    at        timestamptz NOT NULL,
    state     text        NOT NULL,
    nid       text,
    operation text,
    code      text,
    PRIMARY KEY (tenant_id, iccid, id)
);
CALL tenant_rows('subscription_event');
GRANT SELECT, INSERT ON subscription_event TO ${app};

-- An ICCID in stock is claimed for no card (nid ''): no card can be registered with it, and nobody else can import it.
CREATE FUNCTION claim_stock(iccids text[]) RETURNS TABLE (refused text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DECLARE
    mine      text := claim_tenant();
    unclaimed bigint;
    taken     text[];
BEGIN
    LOOP
        INSERT INTO claim (kind, number, tenant_id, nid)
        SELECT 'iccid', n, mine, '' FROM unnest(iccids) AS a(n) ORDER BY n
        ON CONFLICT DO NOTHING;
        -- As in claim_numbers: all true at the same moment.
        SELECT count(*) FILTER (WHERE c.number IS NULL),
               array_agg(a.n) FILTER (WHERE c.tenant_id <> mine OR c.nid <> '')
        INTO unclaimed, taken
        FROM unnest(iccids) AS a(n) LEFT JOIN claim c ON c.kind = 'iccid' AND c.number = a.n;
        EXIT WHEN unclaimed = 0;
    END LOOP;
    RETURN QUERY SELECT * FROM unnest(taken);
END
$$;

-- From the stock to a card; false when it is not in the stock of the present tenant.
CREATE FUNCTION reserve_iccid(iccid text, card text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
BEGIN
    UPDATE claim c SET nid = card
    WHERE c.kind = 'iccid' AND c.number = iccid AND c.tenant_id = claim_tenant() AND c.nid = '';
    RETURN FOUND;
END
$$;

-- Back from cards to the stock; also those that cannot be given out before they have been imported again.
CREATE FUNCTION restock_iccids(iccids text[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
UPDATE claim c SET nid = ''
FROM subscription s
WHERE c.kind = 'iccid' AND c.number = ANY (iccids) AND c.tenant_id = claim_tenant()
  AND s.tenant_id = c.tenant_id AND s.iccid = c.number AND s.nid IS NULL
$$;

-- Imports that were refused give their ICCIDs up.
CREATE FUNCTION unstock_iccids(iccids text[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DELETE FROM claim c USING subscription s
WHERE c.kind = 'iccid' AND c.number = ANY (iccids) AND c.tenant_id = claim_tenant() AND c.nid = ''
  AND s.tenant_id = c.tenant_id AND s.iccid = c.number AND s.state = 'Refused'
$$;

-- As before, but what came from the stock goes back there when it is settled, or stays its card's for ever.
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
      AND NOT EXISTS (SELECT FROM operation o
                      WHERE o.tenant_id = mine AND o.nid = a.card AND o.target = a.n
                        AND o.function_name = 'DownloadProfile' AND o.status IN ('Pending', 'Running'))
      AND NOT EXISTS (SELECT FROM subscription s
                      WHERE s.tenant_id = mine AND s.iccid = a.n AND s.state <> 'Refused');
END
$$;

CREATE OR REPLACE FUNCTION release_card(card text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DELETE FROM claim c
WHERE c.tenant_id = claim_tenant() AND c.nid = card
  AND NOT EXISTS (SELECT FROM subscription s
                  WHERE s.tenant_id = c.tenant_id AND c.kind = 'iccid' AND s.iccid = c.number AND s.state <> 'Refused')
$$;

-- As before, but numbers of the stock stay claimed when their card's registration is refused: they are no part of it.
CREATE OR REPLACE FUNCTION claim_numbers(kinds text[], numbers text[], nids text[])
    RETURNS TABLE (refused_kind text, refused_number text, refused_nid text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DECLARE
    mine        text := claim_tenant();
    unclaimed   bigint;
    taken_kinds text[];
    taken       text[];
    taken_nids  text[];
BEGIN
    LOOP
        -- In one order for all, so that two registrations at once wait for each other and never in a circle.
        INSERT INTO claim (kind, number, tenant_id, nid)
        SELECT k, n, mine, c FROM unnest(kinds, numbers, nids) AS a(k, n, c) ORDER BY k, n
        ON CONFLICT DO NOTHING;
        -- One statement, thus one snapshot: what it finds is all true at the same moment.
        SELECT count(*) FILTER (WHERE claim.number IS NULL),
               array_agg(a.k) FILTER (WHERE claim.tenant_id <> mine OR claim.nid <> a.c),
               array_agg(a.n) FILTER (WHERE claim.tenant_id <> mine OR claim.nid <> a.c),
               array_agg(a.c) FILTER (WHERE claim.tenant_id <> mine OR claim.nid <> a.c)
        INTO unclaimed, taken_kinds, taken, taken_nids
        FROM unnest(kinds, numbers, nids) AS a(k, n, c)
                 LEFT JOIN claim ON claim.kind = a.k AND claim.number = a.n;
        EXIT WHEN unclaimed = 0;
    END LOOP;
    -- A card with one number that is another's gets none of its numbers.
    DELETE FROM claim c WHERE c.tenant_id = mine AND c.nid = ANY (taken_nids)
        AND NOT EXISTS (SELECT FROM subscription s
                        WHERE s.tenant_id = mine AND c.kind = 'iccid' AND s.iccid = c.number AND s.state <> 'Refused');
    RETURN QUERY SELECT * FROM unnest(taken_kinds, taken, taken_nids);
END
$$;

REVOKE ALL ON FUNCTION claim_stock(text[]), reserve_iccid(text, text), restock_iccids(text[]), unstock_iccids(text[])
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_stock(text[]), reserve_iccid(text, text), restock_iccids(text[]), unstock_iccids(text[])
    TO ${app};
