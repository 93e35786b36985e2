-- name: outbox_claim(now_ms, until_ms, row_limit)
UPDATE outbox SET lease_until_ms = :until_ms
WHERE id IN (
    SELECT o.id FROM outbox o
    WHERE o.state = 'queued' AND o.not_before_ms <= :now_ms AND o.lease_until_ms <= :now_ms
        AND NOT EXISTS (
            SELECT 1 FROM outbox e
            WHERE e.state = 'queued' AND e.lane = o.lane AND e.id < o.id
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
