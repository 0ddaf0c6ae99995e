-- What is read again and again of replacements is what could still matter; requests of which nothing came do not stay for ever.

-- Those with whom a card has something to settle: open, or ones that have touched a card. What was refused is none of them.
CREATE INDEX replacement_parties_of_old ON replacement (tenant_id, old) WHERE ended_at IS NULL OR installing_at IS NOT NULL;
CREATE INDEX replacement_parties_of_successor ON replacement (tenant_id, successor)
    WHERE ended_at IS NULL OR installing_at IS NOT NULL;

-- Those that may be forgotten, by what they are forgotten by.
CREATE INDEX replacement_nothing_came_of_old ON replacement (tenant_id, old, ended_at)
    WHERE installing_at IS NULL AND moved_at IS NULL AND NOT forced;
CREATE INDEX replacement_nothing_came_of_successor ON replacement (tenant_id, successor, ended_at)
    WHERE installing_at IS NULL AND moved_at IS NULL AND NOT forced;
GRANT DELETE ON replacement TO ${app};
GRANT DELETE ON replacement_step TO ${app};

ALTER TABLE euicc
    -- The forced replacement that ordered it, which may fail: the device stays cut off.
    ADD COLUMN cut_off_by text;
CREATE INDEX euicc_cut_off_by ON euicc (tenant_id, cut_off_by) WHERE cut_off_by IS NOT NULL;
