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

-- Gives up the ICCID of a download that has ended, unless the card holds the profile or another download of it is under way.
CREATE FUNCTION release_download(iccid text, card text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DECLARE
    mine text := claim_tenant();
BEGIN
    PERFORM 1 FROM claim c
    WHERE c.kind = 'iccid' AND c.number = iccid AND c.tenant_id = mine AND c.nid = card FOR UPDATE;
    IF NOT FOUND
        OR EXISTS (SELECT FROM euicc_profile p WHERE p.tenant_id = mine AND p.nid = card AND p.iccid = release_download.iccid)
        OR EXISTS (SELECT FROM operation o
                   WHERE o.tenant_id = mine AND o.nid = card AND o.target = iccid
                     AND o.function_name = 'DownloadProfile' AND o.status IN ('Pending', 'Running'))
    THEN
        RETURN;
    END IF;
    DELETE FROM claim c WHERE c.kind = 'iccid' AND c.number = iccid AND c.tenant_id = mine AND c.nid = card;
END
$$;

REVOKE ALL ON FUNCTION claim_iccid(text, text), release_download(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_iccid(text, text), release_download(text, text) TO ${app};

-- Open downloads of a card are looked for when one of them ends.
CREATE INDEX operation_download ON operation (tenant_id, nid, target) WHERE function_name = 'DownloadProfile';
