-- name: intent_add(id, order_id, person_id, purpose, currency, amount_minor, created_ms, rail, hold)!
INSERT INTO payment_intent (id, order_id, person_id, purpose, rail, currency, amount_minor,
    created_ms, hold)
VALUES (:id, :order_id, :person_id, :purpose, :rail, :currency, :amount_minor, :created_ms,
    :hold);

-- name: intent_get(id)^
SELECT * FROM payment_intent WHERE id = :id;

-- name: intent_authorise(id, until_ms)!
UPDATE payment_intent SET authorised_until_ms = :until_ms WHERE id = :id;

-- name: intent_of_order(order_id, hold)^
SELECT * FROM payment_intent
WHERE order_id = :order_id AND purpose = 'order' AND hold = :hold
ORDER BY created_ms DESC, id DESC LIMIT 1;

-- name: fact_add(rail, external_id, kind, person_id, currency, amount_minor, intent_id, order_id, at_ms)$
INSERT INTO payment (rail, external_id, kind, person_id, currency, amount_minor, intent_id,
    order_id, at_ms)
VALUES (:rail, :external_id, :kind, :person_id, :currency, :amount_minor, :intent_id,
    :order_id, :at_ms)
ON CONFLICT (rail, external_id, kind) DO NOTHING
RETURNING rail;

-- name: fact_get(rail, external_id, kind)^
SELECT * FROM payment WHERE rail = :rail AND external_id = :external_id AND kind = :kind;

-- name: account_add(id, currency, kind, rule, person_id, order_id)*!
INSERT INTO account (id, currency, kind, rule, person_id, order_id)
VALUES (:id, :currency, :kind, :rule, :person_id, :order_id)
ON CONFLICT (id) DO NOTHING;

-- name: journal_add(key, request_hash, code, order_id, at_ms)$
-- Ledger time never goes back, whatever the clock does.
INSERT INTO journal (key, request_hash, code, order_id, at_ms)
VALUES (:key, :request_hash, :code, :order_id, (
    SELECT max(times.at_ms) FROM (
        SELECT CAST(:at_ms AS BIGINT) AS at_ms
        UNION ALL
        SELECT j.at_ms FROM transfer t JOIN journal j ON j.key = t.journal_key
        WHERE t.id = (SELECT max(id) FROM transfer)
    ) times
))
ON CONFLICT (key) DO NOTHING
RETURNING key;

-- name: journal_hash(key)$
SELECT request_hash FROM journal WHERE key = :key;

-- name: transfer_add(journal_key, line, code, debit, credit, currency, amount_minor)*!
INSERT INTO transfer (journal_key, line, code, debit, credit, currency, amount_minor)
VALUES (:journal_key, :line, :code, :debit, :credit, :currency, :amount_minor);

-- name: refund_add(rail, charge_id, payer_id, currency, amount_minor, order_id, confirm_key, now_ms)!
INSERT INTO refund (rail, charge_id, payer_id, currency, amount_minor, order_id, confirm_key,
    state, created_ms, changed_ms)
VALUES (:rail, :charge_id, :payer_id, :currency, :amount_minor, :order_id, :confirm_key,
    'pending', :now_ms, :now_ms)
ON CONFLICT (rail, charge_id) DO NOTHING;

-- name: refund_sent(confirm_key, now_ms)!
UPDATE refund SET state = 'sent', changed_ms = :now_ms WHERE confirm_key = :confirm_key;

-- name: refund_over(confirm_key, now_ms)!
-- It has gone back, whoever said so: nobody tries it again or gives it up.
UPDATE outbox SET state = 'done', ended_ms = :now_ms, lease_until_ms = 0
WHERE kind = 'refund' AND state IN ('queued', 'dead') AND key = (
    SELECT 'refund:' || rail || ':' || charge_id FROM refund WHERE confirm_key = :confirm_key
);

-- name: refund_mark(rail, charge_id, state, now_ms)!
UPDATE refund SET state = :state, changed_ms = :now_ms
WHERE rail = :rail AND charge_id = :charge_id AND state <> 'sent';

-- name: account_holds(id)$
SELECT credits - debits FROM account WHERE id = :id;

-- name: balances(person_id)
-- Purses of the person, and escrow of orders where he sells or has bought.
SELECT currency, sum(held_for_me) AS held_for_me, sum(paid_held) AS paid_held,
    sum(clearing) AS clearing, sum(available) AS available, sum(credit) AS credit,
    sum(leaving) AS leaving
FROM (
    SELECT currency, 0 AS held_for_me, 0 AS paid_held,
        CASE WHEN id LIKE 'L:user:%:clearing:%' THEN credits - debits ELSE 0 END AS clearing,
        CASE WHEN id LIKE 'L:user:%:earned:%' THEN credits - debits ELSE 0 END AS available,
        CASE WHEN id LIKE 'L:user:%:credit:%' THEN credits - debits ELSE 0 END AS credit,
        CASE WHEN id LIKE 'L:user:%:wd:%' THEN credits - debits ELSE 0 END AS leaving
    FROM account WHERE person_id = :person_id
    UNION ALL
    SELECT o.currency,
        CASE WHEN o.seller_id = :person_id THEN o.held_minor ELSE 0 END,
        CASE WHEN o.buyer_id = :person_id THEN o.held_minor ELSE 0 END, 0, 0, 0, 0
    FROM orders o
    WHERE (o.seller_id = :person_id OR o.buyer_id = :person_id) AND o.held_minor > 0
) parts
GROUP BY currency ORDER BY currency;

-- name: statement(person_id, row_limit, row_offset)
SELECT t.id, j.at_ms, t.code, t.currency, t.amount_minor, a.id AS account, 1 AS sign, j.order_id
FROM account a
JOIN transfer t ON t.credit = a.id
JOIN journal j ON j.key = t.journal_key
WHERE a.person_id = :person_id
UNION ALL
SELECT t.id, j.at_ms, t.code, t.currency, t.amount_minor, a.id, -1, j.order_id
FROM account a
JOIN transfer t ON t.debit = a.id
JOIN journal j ON j.key = t.journal_key
WHERE a.person_id = :person_id
ORDER BY 1 DESC, 7 DESC
LIMIT :row_limit OFFSET :row_offset;

-- name: statement_moves(person_id)
-- In which currencies money moved, since when and until when.
SELECT currency, min(at_ms) AS first_ms, max(at_ms) AS last_ms
FROM (
    SELECT a.currency, j.at_ms
    FROM account a
    JOIN transfer t ON t.credit = a.id
    JOIN journal j ON j.key = t.journal_key
    WHERE a.person_id = :person_id
    UNION ALL
    SELECT a.currency, j.at_ms
    FROM account a
    JOIN transfer t ON t.debit = a.id
    JOIN journal j ON j.key = t.journal_key
    WHERE a.person_id = :person_id
) moved
GROUP BY currency ORDER BY currency;

-- name: statement_sums(person_id, currency, before_ms)
-- What each account of the person held before a moment.
SELECT account, sum(minor) AS minor
FROM (
    SELECT a.id AS account, t.amount_minor AS minor
    FROM account a
    JOIN transfer t ON t.credit = a.id
    JOIN journal j ON j.key = t.journal_key
    WHERE a.person_id = :person_id AND a.currency = :currency AND j.at_ms < :before_ms
    UNION ALL
    SELECT a.id, -t.amount_minor
    FROM account a
    JOIN transfer t ON t.debit = a.id
    JOIN journal j ON j.key = t.journal_key
    WHERE a.person_id = :person_id AND a.currency = :currency AND j.at_ms < :before_ms
) held
GROUP BY account ORDER BY account;

-- name: statement_rows(person_id, currency, from_ms, until_ms, direction, row_limit, row_offset)
-- One row per transfer with the balance after it; `direction` is 1 for the oldest first, else -1.
SELECT *
FROM (
    SELECT id, at_ms, code, currency, amount_minor, order_id, change_minor,
        sum(change_minor) OVER (ORDER BY at_ms, id) AS balance_minor
    FROM (
        SELECT id, at_ms, code, currency, amount_minor, order_id, sum(minor) AS change_minor
        FROM (
            SELECT t.id, j.at_ms, t.code, t.currency, t.amount_minor, j.order_id,
                t.amount_minor AS minor
            FROM account a
            JOIN transfer t ON t.credit = a.id
            JOIN journal j ON j.key = t.journal_key
            WHERE a.person_id = :person_id AND a.currency = :currency AND j.at_ms < :until_ms
            UNION ALL
            SELECT t.id, j.at_ms, t.code, t.currency, t.amount_minor, j.order_id, -t.amount_minor
            FROM account a
            JOIN transfer t ON t.debit = a.id
            JOIN journal j ON j.key = t.journal_key
            WHERE a.person_id = :person_id AND a.currency = :currency AND j.at_ms < :until_ms
        ) sides
        GROUP BY id, at_ms, code, currency, amount_minor, order_id
    ) transfers
) balanced
WHERE at_ms >= :from_ms
ORDER BY at_ms * :direction, id * :direction
LIMIT :row_limit OFFSET :row_offset;

-- name: statement_of_order(order_id)
SELECT t.id, j.at_ms, t.code, t.currency, t.amount_minor, t.credit AS account, 1 AS sign,
    j.order_id
FROM journal j
JOIN transfer t ON t.journal_key = j.key
WHERE j.order_id = :order_id
ORDER BY t.id;

-- name: next_clear_ms(seller_id)$
SELECT min(at_ms) FROM (
    SELECT clock_at_ms AS at_ms FROM orders WHERE seller_id = :seller_id AND state = 'completed'
    UNION ALL
    SELECT clear_at_ms FROM tip WHERE seller_id = :seller_id AND state = 'paid'
) clears;

-- name: house_money()
SELECT currency,
    sum(CASE WHEN id LIKE 'L:escrow:%' THEN credits - debits ELSE 0 END) AS held,
    sum(CASE WHEN id LIKE 'L:user:%:clearing:%' THEN credits - debits ELSE 0 END) AS clearing,
    sum(CASE WHEN id LIKE 'L:user:%:earned:%' THEN credits - debits ELSE 0 END) AS owed,
    sum(CASE WHEN id LIKE 'L:user:%:credit:%' THEN credits - debits ELSE 0 END) AS credit,
    sum(CASE WHEN id LIKE 'L:refunding:%' THEN credits - debits ELSE 0 END) AS going_back,
    sum(CASE WHEN id LIKE 'L:fee_pending:%' OR id LIKE 'I:fee:%' THEN credits - debits
        ELSE 0 END) AS fees
FROM account GROUP BY currency ORDER BY currency;
