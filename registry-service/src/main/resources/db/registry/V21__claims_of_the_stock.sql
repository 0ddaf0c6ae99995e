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

-- Back from cards to the stock; also those that cannot be given out before they have been imported again.
CREATE OR REPLACE FUNCTION restock_iccids(iccids text[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
UPDATE claim c SET nid = ''
FROM subscription s
WHERE c.kind = 'iccid' AND c.number = ANY (iccids) AND c.tenant_id = claim_tenant()
  AND s.tenant_id = c.tenant_id AND s.iccid = c.number AND s.nid IS NULL
$$;
