-- name: audit_i1()
-- Debits equal credits in each currency, over the rows themselves.
SELECT currency AS subject, sum(debits) AS stored, sum(credits) AS computed
FROM account GROUP BY currency HAVING sum(debits) <> sum(credits);

-- name: audit_i2()
SELECT id AS subject, credits AS stored, debits AS computed
FROM account WHERE rule = 'credit' AND credits < debits;

-- name: audit_i3()
SELECT o.id AS subject, o.held_minor AS stored, coalesce(e.escrow, 0) AS computed
FROM orders o
LEFT JOIN (
    SELECT a.order_id, sum(CASE WHEN t.credit = a.id THEN t.amount_minor ELSE 0 END)
        - sum(CASE WHEN t.debit = a.id THEN t.amount_minor ELSE 0 END) AS escrow
    FROM account a
    JOIN transfer t ON t.credit = a.id OR t.debit = a.id
    WHERE a.order_id IS NOT NULL
    GROUP BY a.order_id
) e ON e.order_id = o.id
WHERE coalesce(e.escrow, 0) <> CASE WHEN o.state IN
    ('awaiting_requirements', 'in_progress', 'delivered', 'revision_requested', 'disputed')
    THEN o.price_minor + o.buyer_fee_minor ELSE 0 END
    OR o.held_minor <> coalesce(e.escrow, 0);

-- name: audit_released()
-- What was released and not taken back is what the order says, and all of it clears. The house
-- keeps the buyer's fee but for its floored part (money.md P6), so `kept` lies between two bounds.
SELECT id AS subject, released_minor AS stored, released AS computed
FROM (
    SELECT o.id, o.state, coalesce(o.released_minor, 0) AS released_minor,
        coalesce(r.released, 0) AS released, coalesce(r.cleared, 0) AS cleared,
        CAST(o.price_minor AS NUMERIC) AS price,
        CAST(o.buyer_fee_minor AS NUMERIC) * (o.price_minor - coalesce(o.released_minor, 0))
            AS fee_back,
        o.buyer_fee_minor
            - (coalesce(r.released, 0) + o.taken_minor - coalesce(o.released_minor, 0)) AS back
    FROM orders o
    LEFT JOIN (
        SELECT j.order_id,
            sum(CASE WHEN t.code IN ('P5', 'P6') THEN t.amount_minor
                WHEN t.code = 'P13' THEN -t.amount_minor
                WHEN t.code = 'P24' AND t.debit NOT LIKE 'L:escrow:%'
                    AND t.debit NOT LIKE 'A:recv:%' THEN -t.amount_minor
                ELSE 0 END) AS released,
            sum(CASE WHEN t.code IN ('P7', 'P8') THEN t.amount_minor ELSE 0 END) AS cleared
        FROM journal j
        JOIN transfer t ON t.journal_key = j.key
        WHERE j.order_id IS NOT NULL
            AND j.code NOT IN ('tip', 'tip_cleared', 'tip_taken_back')
        GROUP BY j.order_id
    ) r ON r.order_id = o.id
) sums
WHERE released_minor = 0 AND released <> 0
    OR released_minor <> 0 AND (back * price > fee_back OR (back + 1) * price <= fee_back)
    OR state = 'cleared' AND cleared <> released;

-- name: audit_i4()
-- Journals are whole: lines from 1 without gaps, none without transfers.
SELECT j.key AS subject, coalesce(max(t.line), 0) AS stored, count(t.line) AS computed
FROM journal j
LEFT JOIN transfer t ON t.journal_key = j.key
GROUP BY j.key HAVING count(t.line) = 0 OR max(t.line) <> count(t.line);

-- name: audit_i5()
-- Every incoming fact was posted once, with its amount.
SELECT p.rail || ':' || p.external_id AS subject, p.amount_minor AS stored,
    coalesce(sum(t.amount_minor), 0) AS computed
FROM payment p
LEFT JOIN transfer t ON t.journal_key = p.rail || ':' || p.external_id || ':in'
    AND t.code IN ('P1', 'P23')
WHERE p.kind = 'in'
GROUP BY p.rail, p.external_id, p.amount_minor
HAVING p.amount_minor <> coalesce(sum(t.amount_minor), 0);

-- name: audit_facts()
-- What providers sent back or took back left their account once, with its amount.
SELECT p.rail || ':' || p.external_id || ' ' || p.kind AS subject, p.amount_minor AS stored,
    coalesce(sum(t.amount_minor), 0) AS computed
FROM payment p
LEFT JOIN transfer t ON t.credit LIKE 'A:prov:%' AND t.journal_key = p.rail || ':'
    || p.external_id || CASE WHEN p.kind = 'refund' THEN ':refunded' ELSE ':cb' END
WHERE p.kind IN ('refund', 'chargeback')
GROUP BY p.rail, p.external_id, p.kind, p.amount_minor
HAVING p.amount_minor <> coalesce(sum(t.amount_minor), 0);

-- name: audit_i6()
-- One event per version, and the last one led to the present state.
SELECT o.id AS subject, o.version + 1 AS stored, count(e.version) AS computed
FROM orders o
LEFT JOIN order_event e ON e.order_id = o.id
GROUP BY o.id, o.version, o.state
HAVING count(e.version) <> o.version + 1
    OR sum(CASE WHEN e.version = o.version AND e.dst = o.state THEN 1 ELSE 0 END) <> 1;

-- name: audit_i7()
-- The frozen price is what was bought less the seller's coupon.
SELECT o.id AS subject, o.price_minor AS stored,
    coalesce(sum(l.amount_minor), 0) - o.seller_coupon_minor AS computed
FROM orders o
LEFT JOIN order_line l ON l.order_id = o.id AND l.currency = o.currency
GROUP BY o.id, o.price_minor, o.seller_coupon_minor
HAVING o.price_minor <> coalesce(sum(l.amount_minor), 0) - o.seller_coupon_minor;

-- name: audit_paid()
-- What the order took from the buyer, his balances and the coupon's budget is what it says.
SELECT o.id AS subject, o.price_minor + o.buyer_fee_minor AS stored,
    coalesce(sum(t.amount_minor), 0) AS computed
FROM orders o
LEFT JOIN journal j ON j.key = 'order:' || o.id || ':hold'
LEFT JOIN transfer t ON t.journal_key = j.key
WHERE o.paid_ms IS NOT NULL
GROUP BY o.id, o.price_minor, o.buyer_fee_minor, o.coupon_minor, o.from_earned_minor
HAVING o.price_minor + o.buyer_fee_minor <> coalesce(sum(t.amount_minor), 0)
    OR o.coupon_minor <> sum(CASE WHEN t.code = 'P3' THEN t.amount_minor ELSE 0 END)
    OR o.from_earned_minor
        <> sum(CASE WHEN t.debit LIKE 'L:user:%:earned:%' THEN t.amount_minor ELSE 0 END);

-- name: audit_tips()
-- A paid tip went on to its seller, once; a cleared one became available, once.
SELECT 'tip ' || p.id AS subject, p.amount_minor AS stored,
    coalesce(sum(t.amount_minor), 0) AS computed
FROM tip p
LEFT JOIN transfer t ON t.journal_key = 'tip:' || p.id
WHERE p.charge_id IS NOT NULL
GROUP BY p.id, p.amount_minor, p.state
HAVING p.amount_minor <> coalesce(sum(t.amount_minor), 0)
    OR p.state = 'cleared'
        AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.key = 'tip:' || p.id || ':clear');

-- name: audit_i8()
-- Money on its way back is exactly the refunds that are not confirmed.
SELECT id AS subject, sum(balance) AS stored, sum(promised) AS computed
FROM (
    SELECT id, credits - debits AS balance, 0 AS promised
    FROM account WHERE id LIKE 'L:refunding:%'
    UNION ALL
    SELECT 'L:refunding:' || rail || ':' || currency, 0, amount_minor
    FROM refund WHERE state NOT IN ('sent', 'void')
) parts
GROUP BY id HAVING sum(balance) <> sum(promised);

-- name: audit_sent_back()
-- A paid order that ended without work has its whole charge promised or sent back.
SELECT o.id AS subject, o.price_minor - o.coupon_minor + o.buyer_fee_minor
        - o.from_credit_minor - o.from_earned_minor AS stored,
    coalesce(r.amount_minor, 0) AS computed
FROM orders o
LEFT JOIN refund r ON r.rail = o.rail AND r.charge_id = o.charge_id
WHERE o.state IN ('cancelled', 'refunded') AND o.charge_id IS NOT NULL
    AND o.was_charged_back = 0
    AND coalesce(r.amount_minor, 0) <> o.price_minor - o.coupon_minor + o.buyer_fee_minor
        - o.from_credit_minor - o.from_earned_minor;

-- name: audit_withdrawals()
-- What a person's withdrawals reserve is exactly those that are not at their end.
SELECT id AS subject, sum(balance) AS stored, sum(asked) AS computed
FROM (
    SELECT id, credits - debits AS balance, 0 AS asked
    FROM account WHERE id LIKE 'L:user:%:wd:%'
    UNION ALL
    SELECT 'L:user:' || person_id || ':wd:' || currency, 0, amount_minor
    FROM withdrawal WHERE state IN ('requested', 'approved', 'sending')
) parts
GROUP BY id HAVING sum(balance) <> sum(asked);

-- name: audit_i11()
-- Account totals are the sums of their transfers.
SELECT a.id AS subject, a.credits - a.debits AS stored,
    coalesce(c.total, 0) - coalesce(d.total, 0) AS computed
FROM account a
LEFT JOIN (SELECT credit, sum(amount_minor) AS total FROM transfer GROUP BY credit) c
    ON c.credit = a.id
LEFT JOIN (SELECT debit, sum(amount_minor) AS total FROM transfer GROUP BY debit) d
    ON d.debit = a.id
WHERE a.credits <> coalesce(c.total, 0) OR a.debits <> coalesce(d.total, 0);
