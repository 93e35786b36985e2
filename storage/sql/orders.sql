-- name: order_add(buyer_id, seller_id, gig_id, gig_version_id, package_id, currency, price_minor, fee_bp, fee_least_minor, delivery_days, revisions, clearing_ms, charge_hold_ms, asks_requirements, created_ms, seller_coupon_minor, coupon_minor, buyer_fee_minor, coupon_id, from_credit_minor, from_earned_minor)$
INSERT INTO orders (buyer_id, seller_id, gig_id, gig_version_id, package_id, currency,
    price_minor, fee_bp, fee_least_minor, delivery_days, revisions, clearing_ms, charge_hold_ms,
    asks_requirements, state, version, last_event, created_ms, seller_coupon_minor, coupon_minor,
    buyer_fee_minor, coupon_id, from_credit_minor, from_earned_minor)
VALUES (:buyer_id, :seller_id, :gig_id, :gig_version_id, :package_id, :currency,
    :price_minor, :fee_bp, :fee_least_minor, :delivery_days, :revisions, :clearing_ms,
    :charge_hold_ms, :asks_requirements, 'draft', 0, 'create', :created_ms,
    :seller_coupon_minor, :coupon_minor, :buyer_fee_minor, :coupon_id, :from_credit_minor,
    :from_earned_minor)
RETURNING id;

-- name: order_line_add(order_id, item_id, currency, amount_minor)!
INSERT INTO order_line (order_id, number, kind, item_id, currency, amount_minor)
VALUES (:order_id, 1, 'package', :item_id, :currency, :amount_minor);

-- name: order_get(id)^
SELECT * FROM orders WHERE id = :id;

-- name: order_move(id, src, seen, dst, version, event, revisions_used, held_minor, outcome, rail, charge_id, paid_ms, completed_ms, entered_ms, longer_looks, released_minor, taken_minor, was_refused, was_reopened, was_charged_back, request_kind, request_by, request_minor, request_days, dispute_by, dispute_opened_ms, dispute_evidence_by_ms, dispute_decide_by_ms, dispute_buyer_said, dispute_seller_said, dispute_verdict_minor, dispute_verdict_by, dispute_appealed_by, due_at_ms, clock_at_ms, nudge_at_ms, nudges, reminded_ms, lease_until_ms, paused_ms, request_until_ms, absent_ms, absent_until_ms)$
-- Compare and set: nothing comes back when the order moved meanwhile.
UPDATE orders SET state = :dst, version = :version, last_event = :event,
    revisions_used = :revisions_used, held_minor = :held_minor, outcome = :outcome,
    rail = :rail, charge_id = :charge_id, paid_ms = :paid_ms, completed_ms = :completed_ms,
    entered_ms = :entered_ms, longer_looks = :longer_looks, released_minor = :released_minor,
    taken_minor = :taken_minor, was_refused = :was_refused, was_reopened = :was_reopened,
    was_charged_back = :was_charged_back, request_kind = :request_kind,
    request_by = :request_by, request_minor = :request_minor, request_days = :request_days,
    dispute_by = :dispute_by, dispute_opened_ms = :dispute_opened_ms,
    dispute_evidence_by_ms = :dispute_evidence_by_ms,
    dispute_decide_by_ms = :dispute_decide_by_ms, dispute_buyer_said = :dispute_buyer_said,
    dispute_seller_said = :dispute_seller_said, dispute_verdict_minor = :dispute_verdict_minor,
    dispute_verdict_by = :dispute_verdict_by, dispute_appealed_by = :dispute_appealed_by,
    due_at_ms = :due_at_ms, clock_at_ms = :clock_at_ms, nudge_at_ms = :nudge_at_ms,
    nudges = :nudges, reminded_ms = :reminded_ms, lease_until_ms = :lease_until_ms,
    paused_ms = :paused_ms, request_until_ms = :request_until_ms, absent_ms = :absent_ms,
    absent_until_ms = :absent_until_ms
WHERE id = :id AND state = :src AND version = :seen
RETURNING id;

-- name: order_clocks(id, src, seen, seen_nudges, seen_clock_ms, seen_reminded_ms, seen_absent_ms, due_at_ms, clock_at_ms, nudge_at_ms, nudges, reminded_ms, lease_until_ms, paused_ms, request_until_ms, absent_ms, absent_until_ms, dispute_evidence_by_ms, dispute_decide_by_ms)$
-- Only clocks move; the clocks seen are compared as well, because the version stays.
UPDATE orders SET
    due_at_ms = :due_at_ms, clock_at_ms = :clock_at_ms, nudge_at_ms = :nudge_at_ms,
    nudges = :nudges, reminded_ms = :reminded_ms, lease_until_ms = :lease_until_ms,
    paused_ms = :paused_ms, request_until_ms = :request_until_ms, absent_ms = :absent_ms,
    absent_until_ms = :absent_until_ms, dispute_evidence_by_ms = :dispute_evidence_by_ms,
    dispute_decide_by_ms = :dispute_decide_by_ms
WHERE id = :id AND state = :src AND version = :seen AND nudges = :seen_nudges
    AND absent_ms = :seen_absent_ms
    AND coalesce(clock_at_ms, -1) = coalesce(CAST(:seen_clock_ms AS BIGINT), -1)
    AND coalesce(reminded_ms, -1) = coalesce(CAST(:seen_reminded_ms AS BIGINT), -1)
RETURNING id;

-- name: order_event_add(order_id, version, event, src, dst, role, person_id, at_ms, note, minor, days)!
INSERT INTO order_event (order_id, version, event, src, dst, role, person_id, at_ms, note, minor,
    days)
VALUES (:order_id, :version, :event, :src, :dst, :role, :person_id, :at_ms, :note, :minor, :days);

-- name: order_history(order_id)
SELECT * FROM order_event WHERE order_id = :order_id ORDER BY version;

-- name: open_of_buyer(buyer_id)$
SELECT count(*) FROM orders WHERE buyer_id = :buyer_id AND state IN ('awaiting_payment',
    'payment_review', 'awaiting_requirements', 'in_progress', 'delivered', 'revision_requested',
    'disputed');

-- name: placed_since(buyer_id, from_ms)$
SELECT count(*) FROM orders WHERE buyer_id = :buyer_id AND created_ms > :from_ms;

-- name: unpaid_of_buyer(buyer_id, gig_version_id)$
SELECT max(id) FROM orders WHERE buyer_id = :buyer_id AND state = 'awaiting_payment'
    AND gig_version_id = :gig_version_id;

-- name: cleared_of_seller(seller_id)$
SELECT count(*) FROM orders WHERE seller_id = :seller_id AND state = 'cleared';

-- name: orders_due(now_ms, row_limit)
SELECT id FROM orders WHERE clock_at_ms IS NOT NULL AND clock_at_ms <= :now_ms
ORDER BY clock_at_ms LIMIT :row_limit;

-- name: orders_parties_at_work()
SELECT buyer_id AS person_id FROM orders
WHERE state NOT IN ('draft', 'cleared', 'cancelled', 'refunded', 'expired')
UNION
SELECT seller_id FROM orders
WHERE state NOT IN ('draft', 'awaiting_payment', 'cleared', 'cancelled', 'refunded', 'expired')
ORDER BY 1;

-- name: orders_to_nudge(now_ms, row_limit)
SELECT id FROM orders WHERE nudge_at_ms IS NOT NULL AND nudge_at_ms <= :now_ms
ORDER BY nudge_at_ms LIMIT :row_limit;

-- name: orders_disputed(row_limit)
SELECT id FROM orders
WHERE state = 'disputed'
    AND (dispute_verdict_minor IS NULL OR dispute_appealed_by IS NOT NULL)
ORDER BY dispute_decide_by_ms, id LIMIT :row_limit;

-- name: orders_live(person_id)
SELECT id FROM orders
WHERE (buyer_id = :person_id OR seller_id = :person_id)
    AND state IN ('awaiting_payment', 'payment_review', 'awaiting_requirements', 'in_progress',
        'delivered', 'revision_requested', 'disputed')
ORDER BY id;

-- name: shift_clocks(by_ms)
-- The last dispute of an order that goes on otherwise keeps its moments.
UPDATE orders SET clock_at_ms = clock_at_ms + :by_ms, nudge_at_ms = nudge_at_ms + :by_ms,
    due_at_ms = due_at_ms + :by_ms, paused_ms = paused_ms + :by_ms,
    request_until_ms = request_until_ms + :by_ms,
    dispute_evidence_by_ms = dispute_evidence_by_ms
        + CASE WHEN state = 'disputed' THEN :by_ms ELSE 0 END,
    dispute_decide_by_ms = dispute_decide_by_ms
        + CASE WHEN state = 'disputed' THEN :by_ms ELSE 0 END
WHERE clock_at_ms IS NOT NULL OR nudge_at_ms IS NOT NULL
RETURNING id;

-- name: transitions()
SELECT event, src, dst FROM order_transition;
