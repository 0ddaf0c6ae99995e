-- The version of the SCP80 key set that the SM-SR has made itself on the card's ISD-R, in place of the registered ones; NULL: none.
-- It outlives another registration, as the keys do.
ALTER TABLE euicc ADD COLUMN key_set_version int;
