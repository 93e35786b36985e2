-- name: outbox_claim(now_ms, until_ms, row_limit)
-- The head of each lane. A row with a newer one of the same fold leaves its place to that one,
-- unless somebody is sending it.
UPDATE outbox SET lease_until_ms = :until_ms
WHERE id IN (
    SELECT o.id FROM outbox o
    WHERE o.state = 'queued' AND o.not_before_ms <= :now_ms AND o.lease_until_ms <= :now_ms
        AND (o.fold = '' OR NOT EXISTS (
            SELECT 1 FROM outbox n WHERE n.state = 'queued' AND n.fold <> ''
                AND n.lane = o.lane AND n.fold = o.fold AND n.id > o.id
        ))
        AND NOT EXISTS (
            SELECT 1 FROM outbox e
            WHERE e.state = 'queued' AND e.lane = o.lane AND e.id < o.id
                AND (e.fold = '' OR e.lease_until_ms > :now_ms OR NOT EXISTS (
                    SELECT 1 FROM outbox n WHERE n.state = 'queued' AND n.fold <> ''
                        AND n.lane = e.lane AND n.fold = e.fold AND n.id > e.id
                ))
        )
    ORDER BY o.id
    LIMIT :row_limit
    FOR UPDATE SKIP LOCKED
)
RETURNING *;

-- name: order_locked(id)^
SELECT * FROM orders WHERE id = :id FOR UPDATE;

-- name: heartbeat_locked()$
SELECT at_ms FROM heartbeat WHERE id = 1 FOR UPDATE;

-- name: withdrawal_locked(id)^
SELECT * FROM withdrawal WHERE id = :id FOR UPDATE;

-- name: currency_locked(code)$
-- Whoever promises money of this currency waits for who promised before.
SELECT code FROM currency WHERE code = :code FOR NO KEY UPDATE;

-- name: account_locked(id)$
SELECT credits - debits FROM account WHERE id = :id FOR NO KEY UPDATE;

-- name: coupon_locked(id)^
SELECT * FROM coupon WHERE id = :id FOR UPDATE;

-- name: pin_locked(person_id)^
SELECT * FROM pin WHERE person_id = :person_id FOR UPDATE;

-- name: refund_locked(rail, charge_id)$
SELECT state FROM refund WHERE rail = :rail AND charge_id = :charge_id FOR UPDATE;

-- name: person_locked(id)$
SELECT id FROM person WHERE id = :id FOR UPDATE;
