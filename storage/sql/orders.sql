-- name: order_add(buyer_id, seller_id, gig_id, gig_version_id, package_id, currency, price_minor, fee_bp, fee_least_minor, delivery_days, revisions, clearing_ms, charge_hold_ms, asks_requirements, created_ms)$
INSERT INTO orders (buyer_id, seller_id, gig_id, gig_version_id, package_id, currency,
    price_minor, fee_bp, fee_least_minor, delivery_days, revisions, clearing_ms, charge_hold_ms,
    asks_requirements, state, version, last_event, created_ms)
VALUES (:buyer_id, :seller_id, :gig_id, :gig_version_id, :package_id, :currency,
    :price_minor, :fee_bp, :fee_least_minor, :delivery_days, :revisions, :clearing_ms,
    :charge_hold_ms, :asks_requirements, 'draft', 0, 'create', :created_ms)
RETURNING id;

-- name: order_line_add(order_id, item_id, currency, amount_minor)!
INSERT INTO order_line (order_id, number, kind, item_id, currency, amount_minor)
VALUES (:order_id, 1, 'package', :item_id, :currency, :amount_minor);

-- name: order_get(id)^
SELECT * FROM orders WHERE id = :id;

-- name: order_move(id, src, seen, dst, version, event, revisions_used, held_minor, outcome, rail, charge_id, paid_ms, completed_ms, due_at_ms, clock_at_ms, nudge_at_ms, nudges, reminded_ms, lease_until_ms)$
-- Compare and set: nothing comes back when the order moved meanwhile.
UPDATE orders SET state = :dst, version = :version, last_event = :event,
    revisions_used = :revisions_used, held_minor = :held_minor, outcome = :outcome, rail = :rail,
    charge_id = :charge_id, paid_ms = :paid_ms, completed_ms = :completed_ms,
    due_at_ms = :due_at_ms, clock_at_ms = :clock_at_ms, nudge_at_ms = :nudge_at_ms,
    nudges = :nudges, reminded_ms = :reminded_ms, lease_until_ms = :lease_until_ms
WHERE id = :id AND state = :src AND version = :seen
RETURNING id;

-- name: order_clocks(id, src, seen, seen_nudges, seen_clock_ms, seen_reminded_ms, due_at_ms, clock_at_ms, nudge_at_ms, nudges, reminded_ms, lease_until_ms)$
-- Only clocks move; the clocks seen are compared as well, because the version stays.
UPDATE orders SET due_at_ms = :due_at_ms, clock_at_ms = :clock_at_ms,
    nudge_at_ms = :nudge_at_ms, nudges = :nudges, reminded_ms = :reminded_ms,
    lease_until_ms = :lease_until_ms
WHERE id = :id AND state = :src AND version = :seen AND nudges = :seen_nudges
    AND coalesce(clock_at_ms, -1) = coalesce(CAST(:seen_clock_ms AS BIGINT), -1)
    AND coalesce(reminded_ms, -1) = coalesce(CAST(:seen_reminded_ms AS BIGINT), -1)
RETURNING id;

-- name: order_event_add(order_id, version, event, src, dst, role, person_id, at_ms, note)!
INSERT INTO order_event (order_id, version, event, src, dst, role, person_id, at_ms, note)
VALUES (:order_id, :version, :event, :src, :dst, :role, :person_id, :at_ms, :note);

-- name: order_history(order_id)
SELECT * FROM order_event WHERE order_id = :order_id ORDER BY version;

-- name: open_of_buyer(buyer_id)$
SELECT count(*) FROM orders WHERE buyer_id = :buyer_id AND state IN ('awaiting_payment',
    'awaiting_requirements', 'in_progress', 'delivered', 'revision_requested');

-- name: unpaid_of_buyer(buyer_id, gig_version_id)$
SELECT max(id) FROM orders WHERE buyer_id = :buyer_id AND state = 'awaiting_payment'
    AND gig_version_id = :gig_version_id;

-- name: cleared_of_seller(seller_id)$
SELECT count(*) FROM orders WHERE seller_id = :seller_id AND state = 'cleared';

-- name: orders_due(now_ms, row_limit)
SELECT id FROM orders WHERE clock_at_ms IS NOT NULL AND clock_at_ms <= :now_ms
ORDER BY clock_at_ms LIMIT :row_limit;

-- name: orders_to_nudge(now_ms, row_limit)
SELECT id FROM orders WHERE nudge_at_ms IS NOT NULL AND nudge_at_ms <= :now_ms
ORDER BY nudge_at_ms LIMIT :row_limit;

-- name: shift_clocks(by_ms)
UPDATE orders SET clock_at_ms = clock_at_ms + :by_ms, nudge_at_ms = nudge_at_ms + :by_ms,
    due_at_ms = due_at_ms + :by_ms
WHERE clock_at_ms IS NOT NULL OR nudge_at_ms IS NOT NULL
RETURNING id;

-- name: board_open(person_id, row_limit, row_offset)
-- What waits for the person comes first, then the nearest deadline.
SELECT * FROM (
    SELECT o.id, o.buyer_id, o.state, o.currency, o.price_minor, o.due_at_ms, v.title,
        CASE WHEN o.state IN ('in_progress', 'revision_requested') THEN o.due_at_ms
            ELSE o.clock_at_ms END AS until_ms,
        CASE WHEN o.buyer_id = :person_id
                AND o.state IN ('awaiting_payment', 'awaiting_requirements', 'delivered') THEN 1
            WHEN o.seller_id = :person_id
                AND o.state IN ('in_progress', 'revision_requested') THEN 1
            ELSE 0 END AS waits
    FROM orders o
    JOIN gig_version v ON v.id = o.gig_version_id
    WHERE (o.buyer_id = :person_id OR o.seller_id = :person_id)
        AND o.state IN ('awaiting_payment', 'awaiting_requirements', 'in_progress', 'delivered',
            'revision_requested')
) lines
ORDER BY waits DESC, until_ms, id
LIMIT :row_limit OFFSET :row_offset;

-- name: board_finished(person_id, row_limit, row_offset)
SELECT o.id, o.buyer_id, o.state, o.currency, o.price_minor, o.due_at_ms, v.title,
    o.clock_at_ms AS until_ms, 0 AS waits
FROM orders o
JOIN gig_version v ON v.id = o.gig_version_id
WHERE (o.buyer_id = :person_id OR o.seller_id = :person_id)
    AND o.state IN ('completed', 'cleared', 'cancelled', 'expired')
ORDER BY o.id DESC
LIMIT :row_limit OFFSET :row_offset;

-- name: transitions()
SELECT event, src, dst FROM order_transition;
