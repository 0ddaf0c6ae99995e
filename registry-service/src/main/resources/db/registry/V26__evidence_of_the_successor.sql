-- Both cards' own words: of the old one that it is without the profile, of the new one that it has enabled it.

ALTER TABLE replacement
    ADD COLUMN successor_evidence bytea;

-- Profiles whose cards were given up, which have no subscription any more; the cards may have them all the same.
CREATE VIEW revocation WITH (security_invoker = true) AS
SELECT tenant_id, old AS nid, iccid, max(ticket) AS ticket, min(requested_at) AS since
FROM replacement
WHERE forced
GROUP BY tenant_id, old, iccid;
GRANT SELECT ON revocation TO ${app};
