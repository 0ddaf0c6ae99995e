-- Profile Download and Installation. What is the SM-DP's stands in tables of its own, under data keys of its own.

-- Octets that the card has left for profiles; null: not known.
ALTER TABLE card ADD COLUMN free_memory int;

-- What a card's EIS says of its platform; only downloads read it. A card without a row cannot take a profile.
CREATE TABLE card_platform
(
    tenant_id       text  NOT NULL,
    nid             text  NOT NULL,
    -- CERT.ECASD.ECKA, object 7F21, and the X.509 of its EUM. Verified when a download begins.
    ecasd           bytea NOT NULL,
    eum_certificate bytea NOT NULL,
    load_file       text  NOT NULL,
    module          text  NOT NULL,
    PRIMARY KEY (tenant_id, nid)
);

-- How far a procedure has come that downloads a profile; null: it downloads none, or has ended.
ALTER TABLE procedure ADD COLUMN download text;

-- The tenant's data key of the SM-DP, encrypted under the master key.
CREATE TABLE sm_dp_tenant_key
(
    tenant_id text PRIMARY KEY,
    wrapped   bytea NOT NULL
);

-- What the SM-DP keeps to itself of a download under way, encrypted under its data key; deleted when the procedure ends.
CREATE TABLE sm_dp_download
(
    tenant_id       text  NOT NULL,
    procedure_id    uuid  NOT NULL,
    profile_package bytea NOT NULL,
    -- The ephemeral key of a key agreement, or the keys of the ISD-P; null: neither yet.
    keys            bytea,
    PRIMARY KEY (tenant_id, procedure_id)
) WITH (fillfactor = 70);

CALL tenant_rows('card_platform');
CALL tenant_rows('sm_dp_tenant_key');
CALL tenant_rows('sm_dp_download');

GRANT SELECT, INSERT, UPDATE, DELETE ON card_platform, sm_dp_tenant_key, sm_dp_download TO ${app};
