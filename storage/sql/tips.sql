-- name: tip_add(order_id, buyer_id, seller_id, currency, amount_minor, intent_id, offered_ms)^
INSERT INTO tip (order_id, buyer_id, seller_id, currency, amount_minor, intent_id, state,
    offered_ms)
VALUES (:order_id, :buyer_id, :seller_id, :currency, :amount_minor, :intent_id, 'offered',
    :offered_ms)
RETURNING *;

-- name: tip_get(id)^
SELECT * FROM tip WHERE id = :id;

-- name: tip_of_intent(intent_id)^
SELECT * FROM tip WHERE intent_id = :intent_id;

-- name: tip_of_charge(rail, charge_id)^
SELECT * FROM tip WHERE rail = :rail AND charge_id = :charge_id;

-- name: tips_of_order(order_id)
SELECT * FROM tip WHERE order_id = :order_id ORDER BY id;

-- name: tips_due(now_ms, row_limit)
SELECT id FROM tip WHERE state = 'paid' AND clear_at_ms <= :now_ms
ORDER BY clear_at_ms LIMIT :row_limit;

-- name: tip_move(id, src, dst, rail, charge_id, paid_ms, clear_at_ms)$
-- Compare and set: nothing comes back when the tip moved meanwhile.
UPDATE tip SET state = :dst, rail = :rail, charge_id = :charge_id, paid_ms = :paid_ms,
    clear_at_ms = :clear_at_ms
WHERE id = :id AND state = :src
RETURNING id;
