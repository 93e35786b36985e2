-- name: outbox_add(key, lane, notice, person_id, chat_id, topic_id, order_id, gig_id, facts, silent, fold, now_ms)$
INSERT INTO outbox (key, kind, lane, notice, person_id, chat_id, topic_id, order_id, gig_id,
    facts, silent, fold, created_ms)
VALUES (:key, 'notice', :lane, :notice, :person_id, :chat_id, :topic_id, :order_id, :gig_id,
    :facts, :silent, :fold, :now_ms)
ON CONFLICT (key) DO NOTHING
RETURNING id;

-- name: outbox_add_all(key, lane, notice, person_id, chat_id, topic_id, order_id, gig_id, facts, silent, fold, now_ms)*!
INSERT INTO outbox (key, kind, lane, notice, person_id, chat_id, topic_id, order_id, gig_id,
    facts, silent, fold, created_ms)
VALUES (:key, 'notice', :lane, :notice, :person_id, :chat_id, :topic_id, :order_id, :gig_id,
    :facts, :silent, :fold, :now_ms)
ON CONFLICT (key) DO NOTHING;

-- name: outbox_add_refund(key, person_id, order_id, rail, charge_id, now_ms)!
INSERT INTO outbox (key, kind, lane, person_id, order_id, refund_rail, refund_charge_id,
    created_ms)
VALUES (:key, 'refund', :key, :person_id, :order_id, :rail, :charge_id, :now_ms)
ON CONFLICT (key) DO NOTHING;

-- name: outbox_add_call(kind, key, person_id, order_id, subject_id, intent_id, now_ms)$
INSERT INTO outbox (key, kind, lane, person_id, order_id, subject_id, intent_id, created_ms)
VALUES (:key, :kind, :key, :person_id, :order_id, :subject_id, :intent_id, :now_ms)
ON CONFLICT (key) DO NOTHING
RETURNING id;

-- name: outbox_add_fingerprint(key, delivery_id, number, file_id, size, now_ms)!
INSERT INTO outbox (key, kind, lane, delivery_id, file_number, file_id, file_size, created_ms)
VALUES (:key, 'fingerprint', :key, :delivery_id, :number, :file_id, :size, :now_ms)
ON CONFLICT (key) DO NOTHING;

-- name: outbox_fold(id, lane, fold, now_ms)
-- What another worker has out is left alone.
UPDATE outbox SET state = 'done', ended_ms = :now_ms
WHERE state = 'queued' AND fold <> '' AND lane = :lane AND fold = :fold AND id < :id
    AND lease_until_ms <= :now_ms
RETURNING folded;

-- name: outbox_folded(id, more)$
UPDATE outbox SET folded = folded + :more WHERE id = :id RETURNING folded;

-- name: outbox_done(id, now_ms)!
UPDATE outbox SET state = 'done', ended_ms = :now_ms, lease_until_ms = 0
WHERE id = :id AND state = 'queued';

-- name: outbox_again(id, at_ms, error, more)!
UPDATE outbox SET not_before_ms = :at_ms, lease_until_ms = 0, error = :error,
    attempts = attempts + :more
WHERE id = :id AND state = 'queued';

-- name: outbox_dead(id, error, now_ms)^
UPDATE outbox SET state = 'dead', ended_ms = :now_ms, lease_until_ms = 0, error = :error,
    attempts = attempts + 1
WHERE id = :id AND state = 'queued'
RETURNING refund_rail, refund_charge_id;

-- name: outbox_revive(id, now_ms)^
UPDATE outbox SET state = 'queued', ended_ms = NULL, attempts = 0, not_before_ms = :now_ms
WHERE id = :id AND state = 'dead'
RETURNING refund_rail, refund_charge_id;

-- name: outbox_call(key)^
SELECT id, attempts, error, state FROM outbox WHERE key = :key AND state <> 'done';

-- name: outbox_ended(key, now_ms)$
-- Nothing is left to do, whatever became of it; what another worker has out is left alone.
UPDATE outbox SET state = 'done', ended_ms = :now_ms, lease_until_ms = 0
WHERE key = :key AND (state = 'dead' OR state = 'queued' AND lease_until_ms <= :now_ms)
RETURNING id;

-- name: outbox_dead_rows(kind, row_limit)
SELECT id, coalesce(notice, kind) AS kind, error, ended_ms AS at_ms
FROM outbox WHERE state = 'dead' AND kind = :kind
ORDER BY id DESC LIMIT :row_limit;

-- name: outbox_next_ms()$
-- As in outbox_claim, but without a clock any lease counts: too early is better than too late.
SELECT min(CASE WHEN o.not_before_ms > o.lease_until_ms THEN o.not_before_ms
    ELSE o.lease_until_ms END)
FROM outbox o
WHERE o.state = 'queued'
    AND (o.fold = '' OR o.lease_until_ms > 0 OR NOT EXISTS (
        SELECT 1 FROM outbox n WHERE n.state = 'queued' AND n.fold <> '' AND n.lane = o.lane
            AND n.fold = o.fold AND n.id > o.id
    ))
    AND NOT EXISTS (
        SELECT 1 FROM outbox e
        WHERE e.state = 'queued' AND e.lane = o.lane AND e.id < o.id
            AND (e.fold = '' OR e.lease_until_ms > 0 OR NOT EXISTS (
                SELECT 1 FROM outbox n WHERE n.state = 'queued' AND n.fold <> ''
                    AND n.lane = e.lane AND n.fold = e.fold AND n.id > e.id
            ))
    );
