-- What the program of schema 0002 added to the house of 0001: payments of two orders, the refund of
-- one that was sent and of one that failed, a file to be read, a notice that was given up.
INSERT INTO payment (rail, external_id, kind, person_id, currency, amount_minor, intent_id, order_id, at_ms) VALUES ('stars', 'ch3', 'in', 1, 'XTR', 250, '00000000000000000000000000000003', 3, 1790000000000) ON CONFLICT DO NOTHING;
INSERT INTO payment (rail, external_id, kind, person_id, currency, amount_minor, intent_id, order_id, at_ms) VALUES ('stars', 'ch12', 'in', 1, 'XTR', 250, '00000000000000000000000000000012', 12, 1790000000000) ON CONFLICT DO NOTHING;
INSERT INTO payment (rail, external_id, kind, person_id, currency, amount_minor, intent_id, order_id, at_ms) VALUES ('stars', 'ch12', 'refund', 1, 'XTR', 250, '00000000000000000000000000000012', 12, 1790000000001) ON CONFLICT DO NOTHING;
UPDATE refund SET state = 'failed' WHERE charge_id = 'ch11';
UPDATE payment_intent SET authorised_until_ms = 1790000000099 WHERE id = '00000000000000000000000000000003';
INSERT INTO outbox (key, kind, lane, delivery_id, file_number, file_id, file_size, created_ms) VALUES ('fingerprint:1:1', 'fingerprint', 'fingerprint:1:1', 1, 1, 'f1', 10, 1790000000000);
INSERT INTO outbox (key, kind, lane, notice, person_id, created_ms, state, error) VALUES ('given up', 'notice', 'chat:9', 'invoice', 1, 1790000000000, 'dead', 'blocked');
