-- The SM-DP's stock: what the packages of downloads are made of.

-- Packages that hold no secret; each was looked through before it came here.
CREATE TABLE sm_dp_template
(
    tenant_id       text  NOT NULL,
    template        text  NOT NULL,
    profile_package bytea NOT NULL,
    PRIMARY KEY (tenant_id, template)
);

CREATE TABLE sm_dp_subscription
(
    tenant_id text  NOT NULL,
    iccid     text  NOT NULL,
    template  text  NOT NULL,
    -- The data of the subscription, encrypted under the tenant's data key of the SM-DP.
    data      bytea NOT NULL,
    -- The card that has a profile of it or is about to get one; null: none. Only the card's own word makes it null again.
    nid       text,
    PRIMARY KEY (tenant_id, iccid)
) WITH (fillfactor = 90);
CREATE INDEX sm_dp_subscription_of_card ON sm_dp_subscription (tenant_id, nid) WHERE nid IS NOT NULL;

CALL tenant_rows('sm_dp_template');
CALL tenant_rows('sm_dp_subscription');

GRANT SELECT, INSERT, UPDATE ON sm_dp_template, sm_dp_subscription TO ${app};
