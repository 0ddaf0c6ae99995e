-- The version of the SCP80 key set that the SM-SR has made itself on the card's ISD-R, in place of the registered ones; NULL: none.
-- NULL again for a card that was taken out of the fleet and is enrolled anew: its keys are those that come with that.
ALTER TABLE euicc ADD COLUMN key_set_version int;
