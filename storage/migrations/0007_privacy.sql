-- What is forgotten: people who wish it, and words and files that nobody needs any more. The ledger,
-- the history of orders and the hashes of deliveries stay.

ALTER TABLE person ADD COLUMN forgotten_ms BIGINT;
ALTER TABLE orders ADD COLUMN erased_ms BIGINT;
ALTER TABLE claim ADD COLUMN erased_ms BIGINT;
CREATE INDEX orders_to_erase ON orders (entered_ms)
    WHERE erased_ms IS NULL AND state IN ('cleared', 'cancelled', 'refunded', 'expired');
CREATE INDEX claim_to_erase ON claim (created_ms)
    WHERE erased_ms IS NULL AND state NOT IN ('waiting', 'seen');
CREATE INDEX room_message_of_person ON room_message (person_id, order_id);
