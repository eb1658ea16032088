ALTER TABLE payment DROP COLUMN card_id;
DROP TABLE saved_card;
