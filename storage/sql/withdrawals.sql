-- name: withdrawal_add(person_id, way, detail_id, source_currency, source_minor, currency, amount_minor, fee_minor, rate_micro, rate_ms, needs_approval, requested_ms, from_ms, spend_id)$
INSERT INTO withdrawal (person_id, way, detail_id, source_currency, source_minor, currency,
    amount_minor, fee_minor, rate_micro, rate_ms, needs_approval, requested_ms, from_ms, spend_id,
    state, version, last_step, moved_ms)
VALUES (:person_id, :way, :detail_id, :source_currency, :source_minor, :currency, :amount_minor,
    :fee_minor, :rate_micro, :rate_ms, :needs_approval, :requested_ms, :from_ms, :spend_id,
    'requested', 0, 'request', :requested_ms)
RETURNING id;

-- name: withdrawal_get(id)^
SELECT * FROM withdrawal WHERE id = :id;

-- name: withdrawal_by_spend(spend_id)^
SELECT * FROM withdrawal WHERE spend_id = :spend_id;

-- name: payout_word_add(withdrawal_id, reference, reason, said_by, said_ms)$
INSERT INTO payout_word (withdrawal_id, reference, reason, said_by, said_ms)
VALUES (:withdrawal_id, :reference, :reason, :said_by, :said_ms)
RETURNING id;

-- name: payout_word_newest(withdrawal_id)^
SELECT * FROM payout_word WHERE withdrawal_id = :withdrawal_id ORDER BY id DESC LIMIT 1;

-- name: withdrawal_move(id, seen, state, version, step, moved_ms, approved_by, operator_id, reference, evidence_id, evidence_unique_id, evidence_kind, evidence_name, evidence_size, note)$
UPDATE withdrawal SET state = :state, version = :version, last_step = :step,
    moved_ms = :moved_ms, approved_by = :approved_by, operator_id = :operator_id,
    reference = :reference, evidence_id = :evidence_id, evidence_unique_id = :evidence_unique_id,
    evidence_kind = :evidence_kind, evidence_name = :evidence_name,
    evidence_size = :evidence_size, note = :note
WHERE id = :id AND version = :seen
RETURNING id;

-- name: withdrawal_event_add(withdrawal_id, version, step, src, dst, person_id, at_ms, note)!
INSERT INTO withdrawal_event (withdrawal_id, version, step, src, dst, person_id, at_ms, note)
VALUES (:withdrawal_id, :version, :step, :src, :dst, :person_id, :at_ms, :note);

-- name: withdrawal_events(withdrawal_id)
SELECT * FROM withdrawal_event WHERE withdrawal_id = :withdrawal_id ORDER BY version;

-- name: withdrawals_of(person_id, row_limit, row_offset)
SELECT * FROM withdrawal WHERE person_id = :person_id
ORDER BY id DESC LIMIT :row_limit OFFSET :row_offset;

-- name: withdrawals_since(person_id, since_ms)$
SELECT count(*) FROM withdrawal WHERE person_id = :person_id AND requested_ms > :since_ms;

-- name: withdrawal_arrived(person_id)$
SELECT min(id) FROM withdrawal WHERE person_id = :person_id AND state = 'paid';

-- name: withdrawals_open(row_limit)
SELECT * FROM withdrawal WHERE state IN ('requested', 'approved', 'sending')
ORDER BY from_ms, id LIMIT :row_limit;

-- name: withdrawals_to_send(now_ms, row_limit)
-- A rail sends by itself what needs no approval, to people whose payouts nothing stops.
SELECT w.id FROM withdrawal w
LEFT JOIN payout_guard g ON g.person_id = w.person_id
WHERE w.way = 'crypto_pay' AND w.state IN ('requested', 'approved', 'sending')
    AND w.state = 'requested' AND w.needs_approval = 0
    AND w.from_ms <= :now_ms AND coalesce(g.until_ms, 0) <= :now_ms AND g.stopped_ms IS NULL
ORDER BY w.id LIMIT :row_limit;

-- name: withdrawals_to_tell(now_ms, told_ms, row_limit)
-- What waits for operators, when it may go and again after a while; rails are watched elsewhere.
SELECT id FROM withdrawal
WHERE state IN ('requested', 'approved', 'sending')
    AND (way <> 'crypto_pay' OR state <> 'sending' AND needs_approval = 1)
    AND from_ms <= :now_ms AND (told_ms IS NULL OR told_ms <= :told_ms)
ORDER BY from_ms, id LIMIT :row_limit;

-- name: withdrawal_told(id, now_ms)!
UPDATE withdrawal SET told_ms = :now_ms WHERE id = :id;

-- name: withdrawal_reference(way, reference)$
SELECT id FROM withdrawal WHERE way = :way AND reference = :reference AND reference <> '';

-- name: earned_of(account, debts)$
-- What may leave: earnings less what the person owes the house in the same currency.
SELECT coalesce(sum(CASE WHEN id = :account THEN credits - debits ELSE 0 END), 0)
    - coalesce(sum(CASE WHEN id = :debts AND debits > credits THEN debits - credits
        ELSE 0 END), 0)
FROM account WHERE id = :account OR id = :debts;

-- name: payout_till(account)$
SELECT coalesce(sum(debits - credits), 0) FROM account WHERE id = :account;

-- name: payout_promised(way)$
SELECT coalesce(sum(amount_minor - fee_minor), 0) FROM withdrawal
WHERE way = :way AND state IN ('requested', 'approved', 'sending');

-- name: payout_own(currency)$
-- What the house itself has in a currency beside what it owes: capital and income less costs and
-- exchanges; budgets are spoken for.
SELECT coalesce(sum(credits - debits), 0) FROM account
WHERE currency = :currency AND kind <> 'liability' AND id NOT LIKE 'A:prov:%'
    AND id NOT LIKE 'Q:promo:%' AND id NOT LIKE 'Q:goodwill:%';

-- name: payout_rate_add(source, target, micro, set_ms, set_by)$
INSERT INTO payout_rate (source, target, micro, set_ms, set_by)
VALUES (:source, :target, :micro, :set_ms, :set_by)
RETURNING id;

-- name: payout_rate_newest(source, target)^
SELECT * FROM payout_rate WHERE source = :source AND target = :target
ORDER BY id DESC LIMIT 1;

-- name: payout_rate_history(source, target, row_limit)
SELECT * FROM payout_rate WHERE source = :source AND target = :target
ORDER BY id DESC LIMIT :row_limit;

-- name: payout_detail_live(person_id, way)^
SELECT * FROM payout_detail
WHERE person_id = :person_id AND way = :way AND retired_ms IS NULL;

-- name: payout_detail_get(id)^
SELECT * FROM payout_detail WHERE id = :id;

-- name: payout_details_of(person_id)
SELECT * FROM payout_detail WHERE person_id = :person_id ORDER BY id;

-- name: payout_detail_retire(person_id, way, now_ms)!
UPDATE payout_detail SET retired_ms = :now_ms
WHERE person_id = :person_id AND way = :way AND retired_ms IS NULL;

-- name: payout_detail_add(person_id, way, sealed, added_ms)$
INSERT INTO payout_detail (person_id, way, sealed, added_ms)
VALUES (:person_id, :way, :sealed, :added_ms)
RETURNING id;

-- name: payout_detail_forget(person_id, nothing, now_ms)!
UPDATE payout_detail SET sealed = :nothing, retired_ms = coalesce(retired_ms, :now_ms)
WHERE person_id = :person_id;

-- name: payout_guard_get(person_id)^
SELECT * FROM payout_guard WHERE person_id = :person_id;

-- name: payout_guard_save(person_id, until_ms, stopped_ms)!
INSERT INTO payout_guard (person_id, until_ms, stopped_ms)
VALUES (:person_id, :until_ms, :stopped_ms)
ON CONFLICT (person_id) DO UPDATE SET until_ms = excluded.until_ms,
    stopped_ms = excluded.stopped_ms;
