-- What members ask for, and what is forgotten, is found by an index however large the house gets.

CREATE INDEX claim_of_order ON claim (order_id, id);
CREATE INDEX coupon_by_code ON coupon (code, id);
CREATE INDEX coupon_of_maker ON coupon (coalesce(seller_id, 0), id);
CREATE INDEX outbox_of_person ON outbox (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX session_of_person ON session (telegram_id);
CREATE INDEX thread_of_anybody ON thread (person_id, id);
CREATE INDEX account_of_house_id ON account (id) WHERE kind <> 'liability';

-- Pictures of payouts show somebody's name and number: they go when files go.
CREATE INDEX withdrawal_evidence ON withdrawal (moved_ms) WHERE evidence_id IS NOT NULL;
