-- name: bill_add(intent_id, order_id, rail, now_ms)^
INSERT INTO bill (intent_id, order_id, rail, state, created_ms, changed_ms)
VALUES (:intent_id, :order_id, :rail, 'asked', :now_ms, :now_ms)
ON CONFLICT (intent_id) WHERE state IN ('asked', 'open') DO NOTHING
RETURNING *;

-- name: bill_get(id)^
SELECT * FROM bill WHERE id = :id;

-- name: bill_of_order(order_id)^
SELECT * FROM bill WHERE order_id = :order_id ORDER BY id DESC LIMIT 1;

-- name: bill_by_external(rail, external_id)^
SELECT * FROM bill WHERE rail = :rail AND external_id = :external_id
    AND state IN ('open', 'paid');

-- name: bill_opened(id, external_id, url, expires_ms, now_ms)!
UPDATE bill SET state = 'open', external_id = :external_id, url = :url, expires_ms = :expires_ms,
    changed_ms = :now_ms
WHERE id = :id AND state = 'asked';

-- name: bill_ended(id, state, now_ms)!
UPDATE bill SET state = :state, changed_ms = :now_ms
WHERE id = :id AND state <> 'paid';

-- name: bills_open(rail, row_limit)
SELECT * FROM bill WHERE rail = :rail AND state = 'open' ORDER BY looked_ms, id LIMIT :row_limit;

-- name: bills_unwanted(rail, now_ms, row_limit)
SELECT b.* FROM bill b JOIN orders o ON o.id = b.order_id
WHERE b.rail = :rail AND b.state = 'open' AND o.state <> 'awaiting_payment'
    AND b.again_ms <= :now_ms
ORDER BY b.id LIMIT :row_limit;

-- name: bill_left(id, until_ms)!
UPDATE bill SET again_ms = :until_ms WHERE id = :id;

-- name: bill_looked(id, now_ms)*!
UPDATE bill SET looked_ms = :now_ms WHERE id = :id;
