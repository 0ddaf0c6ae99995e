-- What the card has told in its last audit; all absent until it was audited, and again when it is registered anew. The
-- table's policy and grants hold for new columns too, and a process of the version before writes none of them.
ALTER TABLE euicc
    ADD COLUMN audited_at               timestamptz,
    ADD COLUMN applications             bigint,
    ADD COLUMN free_non_volatile_memory bigint,
    ADD COLUMN free_volatile_memory     bigint;
