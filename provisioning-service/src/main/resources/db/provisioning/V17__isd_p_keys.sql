-- The keys of ISD-Ps outlive their download: with them the SM-DP can write to the profile again.
CREATE TABLE sm_dp_isd_p_key
(
    tenant_id    text  NOT NULL,
    nid          text  NOT NULL,
    isd_p_aid    text  NOT NULL,
    -- The SCP03 key set, encrypted under the tenant's data key of the SM-DP.
    keys         bytea NOT NULL,
    -- The number of the last session that was begun under it.
    last_session int   NOT NULL,
    PRIMARY KEY (tenant_id, nid, isd_p_aid)
) WITH (fillfactor = 70);

CALL tenant_rows('sm_dp_isd_p_key');

GRANT SELECT, INSERT, UPDATE, DELETE ON sm_dp_isd_p_key TO ${app};
