-- What a rule has granted is counted in the index alone: its rows, up to 100,000 of them, are not read.

CREATE INDEX client_request_counted ON client_request (tenant_id, scope, reason, asked_at)
    WHERE stage NOT IN ('REFUSED', 'EXPIRED');
DROP INDEX client_request_of_rule;
