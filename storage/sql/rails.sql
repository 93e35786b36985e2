-- name: claim_add(wallet, reference, order_id, person_id, sealed, created_ms)$
INSERT INTO claim (wallet, reference, order_id, person_id, sealed, created_ms)
VALUES (:wallet, :reference, :order_id, :person_id, :sealed, :created_ms)
ON CONFLICT (wallet, reference) WHERE state <> 'rejected' DO NOTHING
RETURNING id;

-- name: claim_get(id)^
SELECT * FROM claim WHERE id = :id;

-- name: claim_taken(wallet, reference)^
SELECT * FROM claim
WHERE wallet = :wallet AND reference = :reference AND state <> 'rejected';

-- name: claim_live(order_id)^
SELECT * FROM claim WHERE order_id = :order_id AND state IN ('waiting', 'seen');

-- name: claim_last(order_id)^
SELECT * FROM claim WHERE order_id = :order_id ORDER BY id DESC LIMIT 1;

-- name: claims_waiting(row_limit)
SELECT id FROM claim WHERE state IN ('waiting', 'seen') ORDER BY created_ms, id LIMIT :row_limit;

-- name: claim_seen(id, state, minor, operator_id)!
UPDATE claim SET state = :state, seen_minor = :minor, seen_by = :operator_id WHERE id = :id;

-- name: claim_decide(id, state, seen_minor, seen_by, decided_by, decided_ms, reason)!
UPDATE claim SET state = :state, seen_minor = :seen_minor, seen_by = :seen_by,
    decided_by = :decided_by, decided_ms = :decided_ms, reason = :reason
WHERE id = :id;

-- name: claims_since(person_id, from_ms)$
-- What was no reference at all is a slip and does not count.
SELECT (SELECT count(*) FROM claim WHERE person_id = :person_id AND created_ms > :from_ms)
    + (SELECT count(*) FROM claim_refusal
        WHERE person_id = :person_id AND at_ms > :from_ms AND why = 'taken');

-- name: claim_refuse(person_id, order_id, wallet, why, now_ms)!
INSERT INTO claim_refusal (person_id, order_id, wallet, why, at_ms)
VALUES (:person_id, :order_id, :wallet, :why, :now_ms);

-- name: claim_refusals(person_id)$
SELECT count(*) FROM claim_refusal WHERE person_id = :person_id;

-- name: wallets()
SELECT * FROM wallet ORDER BY name;

-- name: wallet_get(name)^
SELECT * FROM wallet WHERE name = :name;

-- name: wallet_save(name, currency, number, holder, instructions, is_open, changed_by, changed_ms)!
INSERT INTO wallet (name, currency, number, holder, instructions, is_open, changed_by, changed_ms)
VALUES (:name, :currency, :number, :holder, :instructions, :is_open, :changed_by, :changed_ms)
ON CONFLICT (name) DO UPDATE SET number = excluded.number, holder = excluded.holder,
    instructions = excluded.instructions, is_open = excluded.is_open,
    changed_by = excluded.changed_by, changed_ms = excluded.changed_ms;

-- name: category_policies()
SELECT c.* FROM category_policy c
WHERE c.id = (SELECT max(n.id) FROM category_policy n WHERE n.category = c.category);

-- name: category_policy_add(category, fulfilment, reason, text_version, operator_id, at_ms)!
INSERT INTO category_policy (category, fulfilment, reason, text_version, operator_id, at_ms)
VALUES (:category, :fulfilment, :reason, :text_version, :operator_id, :at_ms);

-- name: refunds_by_hand(row_limit)
SELECT c.*, r.rail, r.currency, r.amount_minor, r.state AS refund_state,
    r.created_ms AS promised_ms, r.reference AS sent_reference
FROM refund r
JOIN claim c ON c.wallet = substr(r.rail, 8) AND c.reference = r.charge_id
    AND c.state <> 'rejected'
WHERE r.state = 'pending' AND r.rail LIKE 'manual:%'
ORDER BY r.created_ms, c.id LIMIT :row_limit;

-- name: refunds_by_hand_untold(told_ms, row_limit)
SELECT c.id FROM refund r
JOIN claim c ON c.wallet = substr(r.rail, 8) AND c.reference = r.charge_id
    AND c.state <> 'rejected'
WHERE r.state = 'pending' AND r.rail LIKE 'manual:%' AND coalesce(r.told_ms, 0) <= :told_ms
ORDER BY r.created_ms, c.id LIMIT :row_limit;

-- name: refund_told(rail, charge_id, now_ms)!
UPDATE refund SET told_ms = :now_ms WHERE rail = :rail AND charge_id = :charge_id;

-- name: refund_of_claim(id)^
SELECT c.*, r.rail, r.currency, r.amount_minor, r.state AS refund_state,
    r.created_ms AS promised_ms, r.reference AS sent_reference
FROM claim c
JOIN refund r ON r.rail = 'manual:' || c.wallet AND r.charge_id = c.reference
WHERE c.id = :id AND c.state <> 'rejected';

-- name: refund_note(rail, charge_id, reference, operator_id)!
UPDATE refund SET reference = :reference, operator_id = :operator_id
WHERE rail = :rail AND charge_id = :charge_id;

-- name: refund_void(rail, charge_id, operator_id, now_ms)!
UPDATE refund SET state = 'void', operator_id = :operator_id, changed_ms = :now_ms
WHERE rail = :rail AND charge_id = :charge_id AND state <> 'sent';
