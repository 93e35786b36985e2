-- name: money_proposal_add(rail, charge_id, currency, amount_minor, proposed_by, proposed_ms, given_to, why)$
INSERT INTO money_proposal (rail, charge_id, currency, amount_minor, proposed_by, proposed_ms,
    given_to, why)
VALUES (:rail, :charge_id, :currency, :amount_minor, :proposed_by, :proposed_ms, :given_to, :why)
ON CONFLICT (rail, charge_id) WHERE charge_id IS NOT NULL DO NOTHING
RETURNING id;

-- name: money_proposal_get(id)^
SELECT * FROM money_proposal WHERE id = :id;

-- name: money_proposal_of(rail, charge_id)^
SELECT * FROM money_proposal WHERE rail = :rail AND charge_id = :charge_id;

-- name: draws_waiting(row_limit)
SELECT * FROM money_proposal WHERE state = 'waiting' AND charge_id IS NULL
ORDER BY id LIMIT :row_limit;

-- name: money_proposal_end(id, state, ended_by, ended_ms)$
UPDATE money_proposal SET state = :state, ended_by = :ended_by, ended_ms = :ended_ms
WHERE id = :id AND state = 'waiting'
RETURNING id;

-- name: let_go_add(person_id, currency, amount_minor, now_ms)!
INSERT INTO let_go (person_id, currency, amount_minor, at_ms)
VALUES (:person_id, :currency, :amount_minor, :now_ms);

-- name: let_go_sum(person_id, currency, after_ms)$
SELECT coalesce(sum(amount_minor), 0) FROM let_go
WHERE person_id = :person_id AND currency = :currency AND at_ms > :after_ms;
