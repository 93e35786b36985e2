-- name: board_open(person_id)
-- All that goes on; market.waiting tells whose turn it is.
SELECT o.*, v.title, coalesce(r.unread, 0) AS unread
FROM orders o
JOIN gig_version v ON v.id = o.gig_version_id
LEFT JOIN room_read r ON r.order_id = o.id AND r.person_id = :person_id
WHERE (o.buyer_id = :person_id OR o.seller_id = :person_id)
    AND o.state IN ('awaiting_payment', 'payment_review', 'awaiting_requirements', 'in_progress',
        'delivered', 'revision_requested', 'disputed')
ORDER BY o.id;

-- name: board_finished(person_id, row_limit, row_offset)
SELECT o.*, v.title, coalesce(r.unread, 0) AS unread
FROM orders o
JOIN gig_version v ON v.id = o.gig_version_id
LEFT JOIN room_read r ON r.order_id = o.id AND r.person_id = :person_id
WHERE (o.buyer_id = :person_id OR o.seller_id = :person_id)
    AND o.state IN ('completed', 'cleared', 'cancelled', 'refunded', 'expired')
ORDER BY o.id DESC
LIMIT :row_limit OFFSET :row_offset;

-- name: party_figures(person_id)^
-- Late: the last delivery came after its deadline, or lateness ended the order.
SELECT
    coalesce(sum(is_buyer * is_done), 0) AS bought,
    coalesce(sum(is_seller * is_done), 0) AS sold,
    coalesce(sum(is_seller * (CASE WHEN o.state = 'cancelled' AND o.last_event = 'seller_cancel'
        THEN 1 ELSE 0 END)), 0) AS cancelled_as_seller,
    coalesce(sum(is_seller * (CASE WHEN o.last_event IN ('late_cancel', 'abandon')
        OR o.state = 'cancelled' AND o.last_event = 'lapse'
        OR o.delivered_ms > o.due_at_ms THEN 1 ELSE 0 END)), 0) AS late,
    coalesce(sum(CASE WHEN o.dispute_by IS NOT NULL THEN 1 ELSE 0 END), 0) AS disputes,
    coalesce(sum(CASE WHEN o.dispute_by IS NULL THEN 0
        WHEN o.state = 'refunded' THEN is_seller
        WHEN o.outcome = 'released' THEN is_buyer ELSE 0 END), 0) AS disputes_lost
FROM (
    SELECT state, last_event, outcome, due_at_ms, dispute_by,
        CASE WHEN buyer_id = :person_id THEN 1 ELSE 0 END AS is_buyer,
        CASE WHEN seller_id = :person_id THEN 1 ELSE 0 END AS is_seller,
        CASE WHEN state IN ('completed', 'cleared') THEN 1 ELSE 0 END AS is_done,
        (SELECT max(e.at_ms) FROM order_event e
            WHERE e.order_id = orders.id AND e.event = 'deliver') AS delivered_ms
    FROM orders WHERE buyer_id = :person_id OR seller_id = :person_id
) o;

-- name: orders_tally(from_ms, until_ms)^
-- Ended: paid for and not completed. Once a day for each owner.
SELECT
    coalesce(sum(CASE WHEN event = 'submit' THEN 1 ELSE 0 END), 0) AS placed,
    coalesce(sum(CASE WHEN event = 'paid' THEN 1 ELSE 0 END), 0) AS paid,
    coalesce(sum(CASE WHEN dst = 'completed' AND src <> dst THEN 1 ELSE 0 END), 0) AS completed,
    coalesce(sum(CASE WHEN dst IN ('cancelled', 'refunded')
        AND src NOT IN ('awaiting_payment', 'payment_review') THEN 1 ELSE 0 END), 0) AS ended,
    (SELECT count(*) FROM orders WHERE state IN ('awaiting_requirements', 'in_progress',
        'delivered', 'revision_requested', 'disputed')) AS under_way
FROM order_event WHERE at_ms >= :from_ms AND at_ms < :until_ms;
