-- Claims an ICCID for a profile that is to be downloaded to a card of the present tenant; false when it is another card's,
-- whoever's that is. Nothing else of the card is touched.
CREATE FUNCTION claim_iccid(iccid text, card text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DECLARE
    mine    text := claim_tenant();
    granted boolean;
BEGIN
    LOOP
        INSERT INTO claim (kind, number, tenant_id, nid) VALUES ('iccid', iccid, mine, card) ON CONFLICT DO NOTHING;
        -- Locked: who would release it now waits, and then finds what this transaction was for.
        SELECT c.tenant_id = mine AND c.nid = card INTO granted
        FROM claim c WHERE c.kind = 'iccid' AND c.number = iccid FOR UPDATE;
        -- Not found: released between the two statements.
        IF granted IS NOT NULL THEN
            RETURN granted;
        END IF;
    END LOOP;
END
$$;

-- Gives up ICCIDs whose profiles went from their cards, or whose downloads have ended; but none that its card still holds, or
-- gets by a download that is under way.
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
                        AND o.function_name = 'DownloadProfile' AND o.status IN ('Pending', 'Running'));
END
$$;

REVOKE ALL ON FUNCTION claim_iccid(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_iccid(text, text) TO ${app};

-- Open downloads of a card are looked for when one of them ends, or a profile goes.
CREATE INDEX operation_download ON operation (tenant_id, nid, target) WHERE function_name = 'DownloadProfile';
