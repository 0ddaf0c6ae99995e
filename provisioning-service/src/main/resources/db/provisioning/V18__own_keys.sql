-- Whether the SM-SR has made the card's keys itself: those of the EUM, which a registration brings, are not on the card any more.
ALTER TABLE card_key ADD COLUMN own boolean NOT NULL DEFAULT false;
