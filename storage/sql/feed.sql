-- name: feed_get(rail)^
SELECT * FROM feed WHERE rail = :rail;

-- name: feed_read(rail, read_to, read_ms)!
INSERT INTO feed (rail, read_to, read_ms) VALUES (:rail, :read_to, :read_ms)
ON CONFLICT (rail) DO UPDATE SET read_to = excluded.read_to,
    read_ms = coalesce(excluded.read_ms, feed.read_ms);

-- name: feed_row_add(rail, external_id, direction, kind, currency, amount_minor, telegram_id, at_ms, seen_ms)!
INSERT INTO feed_row (rail, external_id, direction, kind, currency, amount_minor, telegram_id,
    at_ms, seen_ms)
VALUES (:rail, :external_id, :direction, :kind, :currency, :amount_minor, :telegram_id, :at_ms,
    :seen_ms)
ON CONFLICT (rail, external_id, direction) DO NOTHING;

-- name: feed_row_get(rail, external_id, direction)^
SELECT * FROM feed_row
WHERE rail = :rail AND external_id = :external_id AND direction = :direction;

-- name: feed_rows_booked(rail, from_ms, until_ms)
SELECT external_id, direction FROM feed_row
WHERE rail = :rail AND at_ms BETWEEN :from_ms AND :until_ms AND booked <> '';

-- name: feed_row_booked(rail, external_id, direction, booked)!
UPDATE feed_row SET booked = :booked, error = ''
WHERE rail = :rail AND external_id = :external_id AND direction = :direction AND booked = '';

-- name: feed_row_failed(rail, external_id, direction, error)!
UPDATE feed_row SET error = :error
WHERE rail = :rail AND external_id = :external_id AND direction = :direction AND booked = '';

-- name: feed_rows_open(before_ms, row_limit)
SELECT * FROM feed_row WHERE booked = '' AND seen_ms <= :before_ms
ORDER BY seen_ms LIMIT :row_limit;

-- name: charges_unlisted(rail, from_ms, until_ms, row_limit)
-- Charges that the house has booked and the provider does not list.
SELECT p.external_id, p.order_id FROM payment p
WHERE p.rail = :rail AND p.kind = 'in' AND p.at_ms BETWEEN :from_ms AND :until_ms
    AND NOT EXISTS (
        SELECT 1 FROM feed_row f
        WHERE f.rail = p.rail AND f.external_id = p.external_id AND f.direction = 'in'
    )
ORDER BY p.at_ms LIMIT :row_limit;

-- name: balance_check_add(rail, currency, reported_minor, stored_minor, in_flight_minor, operator_id, at_ms)!
INSERT INTO balance_check (rail, currency, reported_minor, stored_minor, in_flight_minor,
    operator_id, at_ms)
VALUES (:rail, :currency, :reported_minor, :stored_minor, :in_flight_minor, :operator_id, :at_ms);

-- name: balance_checks(rail, currency, row_limit)
SELECT * FROM balance_check WHERE rail = :rail AND currency = :currency
ORDER BY id DESC LIMIT :row_limit;

-- name: outgoing(row_limit)
SELECT 'refund' AS kind, r.rail, r.currency, r.amount_minor AS minor, r.payer_id AS person_id,
    r.order_id, r.created_ms AS since_ms
FROM refund r WHERE r.state IN ('pending', 'failed')
UNION ALL
SELECT 'payout', w.way, w.currency, w.amount_minor - w.fee_minor, w.person_id, NULL,
    w.requested_ms
FROM withdrawal w WHERE w.state IN ('requested', 'approved', 'sending')
ORDER BY 7 LIMIT :row_limit;

-- name: stuck(inbox_ms, outbox_ms, sending_ms, claim_ms, decide_ms, feed_ms, wallet_ms, hand_ms, sweep_ms, gone_ms, now_ms, periods)
SELECT 'inbox' AS kind, count(*) AS many FROM inbox
WHERE state = 'new' AND received_ms <= :inbox_ms
UNION ALL
SELECT 'outbox', count(*) FROM outbox WHERE state = 'queued' AND created_ms <= :outbox_ms
UNION ALL
SELECT 'sending', count(*) FROM withdrawal
WHERE state IN ('requested', 'approved', 'sending') AND state = 'sending'
    AND moved_ms <= :sending_ms
UNION ALL
SELECT 'claims', count(*) FROM orders WHERE state = 'payment_review' AND entered_ms <= :claim_ms
UNION ALL
SELECT 'disputes', count(*) FROM orders
WHERE state = 'disputed' AND dispute_decide_by_ms <= :decide_ms
UNION ALL
SELECT 'feed', count(*) FROM feed_row WHERE booked = '' AND seen_ms <= :feed_ms
UNION ALL
-- Wallets whose balance nobody has typed for a day, though money has moved there.
SELECT 'wallets', count(*) FROM account a
WHERE a.kind <> 'liability' AND a.id LIKE 'A:prov:manual:%' AND a.debits > 0 AND NOT EXISTS (
    SELECT 1 FROM balance_check c
    WHERE c.rail = substr(a.id, 8, length(a.id) - 8 - length(a.currency))
        AND c.currency = a.currency AND c.at_ms > :wallet_ms
)
UNION ALL
SELECT 'hand_refunds', count(*) FROM refund
WHERE state = 'pending' AND rail LIKE 'manual:%' AND created_ms <= :hand_ms
UNION ALL
-- Sweeps that fail or hang; what has not even begun for days is no sweep of the house any more.
SELECT 'sweeps', count(*) FROM sweep_run
WHERE open_ms <= :sweep_ms AND open_ms + :periods * every_ms <= :now_ms AND started_ms > :gone_ms;

-- name: refund_given_up(row_id, operator_id, now_ms)^
-- Only a failed one: what has gone back, or is tried again, is not given up.
UPDATE refund SET state = 'void', operator_id = :operator_id, changed_ms = :now_ms
WHERE state = 'failed' AND (rail, charge_id) = (
    SELECT refund_rail, refund_charge_id FROM outbox
    WHERE id = :row_id AND state = 'dead' AND kind = 'refund'
)
RETURNING *;

-- name: outbox_given_up(id, now_ms)!
UPDATE outbox SET state = 'done', ended_ms = :now_ms WHERE id = :id AND state = 'dead';

-- name: coffers()
SELECT currency,
    sum(CASE WHEN kind = 'income' THEN credits - debits ELSE 0 END) AS fees,
    sum(CASE WHEN id LIKE 'Q:owner:%' THEN credits - debits ELSE 0 END) AS capital,
    sum(CASE WHEN id LIKE 'Q:promo:%' THEN credits - debits ELSE 0 END) AS promo,
    sum(CASE WHEN id LIKE 'Q:goodwill:%' THEN credits - debits ELSE 0 END) AS goodwill,
    sum(CASE WHEN id LIKE 'E:prov_fee:%' THEN debits - credits ELSE 0 END) AS costs,
    sum(CASE WHEN id LIKE 'E:loss:%' THEN debits - credits ELSE 0 END) AS losses,
    sum(CASE WHEN id LIKE 'L:suspense:%' THEN credits - debits ELSE 0 END) AS unknown,
    0 AS from_stars
FROM account GROUP BY currency ORDER BY currency;

-- name: debts(row_limit)
SELECT person_id, currency, debits - credits AS minor FROM account
WHERE kind <> 'liability' AND id LIKE 'A:recv:%' AND debits > credits ORDER BY 3 DESC, id LIMIT :row_limit;

-- name: house_lines(row_limit)
SELECT t.*, j.code AS act, j.at_ms, d.kind AS debit_kind, d.rule AS debit_rule,
    d.person_id AS debit_person, c.kind AS credit_kind, c.rule AS credit_rule,
    c.person_id AS credit_person,
    EXISTS (SELECT 1 FROM journal f WHERE f.key = 'fix:' || t.id) AS is_corrected,
    coalesce((
        SELECT f.external_id FROM feed_row f
        WHERE f.rail = 'stars' AND f.direction = 'in' AND f.booked = 'unattributed'
            AND f.external_id = CASE WHEN j.code = 'unattributed' AND t.journal_key LIKE 'stars:%'
                THEN substr(t.journal_key, 7, length(t.journal_key) - 9) END
            AND f.telegram_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM payment p WHERE p.rail = f.rail AND p.external_id = f.external_id
                    AND p.kind = 'in'
            )
    ), '') AS goes_back
FROM transfer t
JOIN journal j ON j.key = t.journal_key
JOIN account d ON d.id = t.debit
JOIN account c ON c.id = t.credit
WHERE t.code IN ('P4', 'P16', 'P22', 'P23', 'P24', 'P25', 'P26')
ORDER BY t.id DESC LIMIT :row_limit;

-- name: house_line(id)^
SELECT t.*, j.code AS act, j.at_ms, d.kind AS debit_kind, d.rule AS debit_rule,
    d.person_id AS debit_person, c.kind AS credit_kind, c.rule AS credit_rule,
    c.person_id AS credit_person,
    EXISTS (SELECT 1 FROM journal f WHERE f.key = 'fix:' || t.id) AS is_corrected,
    coalesce((
        SELECT f.external_id FROM feed_row f
        WHERE f.rail = 'stars' AND f.direction = 'in' AND f.booked = 'unattributed'
            AND f.external_id = CASE WHEN j.code = 'unattributed' AND t.journal_key LIKE 'stars:%'
                THEN substr(t.journal_key, 7, length(t.journal_key) - 9) END
            AND f.telegram_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM payment p WHERE p.rail = f.rail AND p.external_id = f.external_id
                    AND p.kind = 'in'
            )
    ), '') AS goes_back
FROM transfer t
JOIN journal j ON j.key = t.journal_key
JOIN account d ON d.id = t.debit
JOIN account c ON c.id = t.credit
WHERE t.id = :id;

-- name: feed_sender(rail, external_id)$
SELECT telegram_id FROM feed_row
WHERE rail = :rail AND external_id = :external_id AND direction = 'in';

-- name: refund_state(rail, charge_id)$
SELECT state FROM refund WHERE rail = :rail AND charge_id = :charge_id;

-- name: account_balance(id)$
SELECT credits - debits FROM account WHERE id = :id;

-- name: in_flight(rail, currency)$
SELECT coalesce((
        SELECT sum(amount_minor) FROM refund
        WHERE rail = :rail AND currency = :currency AND state IN ('pending', 'failed')
    ), 0) + coalesce((
        SELECT sum(amount_minor - fee_minor) FROM withdrawal
        WHERE way = :rail AND currency = :currency
            AND state IN ('requested', 'approved', 'sending') AND state = 'sending'
    ), 0);

-- name: positions()
-- What providers hold, what people are owed, what was turned into another currency, by currency.
SELECT currency,
    sum(CASE WHEN id LIKE 'A:prov:%' THEN debits - credits ELSE 0 END) AS held,
    sum(CASE WHEN kind = 'liability' THEN credits - debits ELSE 0 END) AS owed,
    sum(CASE WHEN id LIKE 'L:escrow:%' THEN credits - debits ELSE 0 END) AS in_orders,
    sum(CASE WHEN id LIKE 'L:user:%' THEN credits - debits ELSE 0 END) AS in_wallets,
    sum(CASE WHEN id LIKE 'L:refunding:%' THEN credits - debits ELSE 0 END) AS going_back,
    sum(CASE WHEN id LIKE 'L:user:%:earned:%' THEN credits - debits ELSE 0 END) AS earned,
    sum(CASE WHEN id LIKE 'X:fx:%' THEN debits - credits ELSE 0 END) AS exchanged,
    sum(CASE WHEN id LIKE 'A:recv:%' THEN debits - credits ELSE 0 END) AS lent
FROM account GROUP BY currency ORDER BY currency;

-- name: held_by_rail()
SELECT id, currency, debits - credits AS minor FROM account
WHERE kind <> 'liability' AND id LIKE 'A:prov:%' ORDER BY id;
