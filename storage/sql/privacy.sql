-- name: privacy_needs(person_id)^
-- Why somebody cannot be forgotten yet.
SELECT
    (SELECT count(*) FROM orders
        WHERE (buyer_id = :person_id OR seller_id = :person_id)
        AND state NOT IN ('cleared', 'cancelled', 'refunded', 'expired')) AS orders,
    (SELECT count(*) FROM account
        WHERE person_id = :person_id AND credits <> debits) AS purses,
    (SELECT count(*) FROM withdrawal WHERE person_id = :person_id
        AND state IN ('requested', 'approved', 'sending')) AS withdrawals,
    (SELECT count(*) FROM refund
        WHERE payer_id = :person_id AND state IN ('pending', 'failed')) AS refunds;

-- name: contact_forget(person_id)!
DELETE FROM person_private WHERE person_id = :person_id;

-- name: sessions_forget(person_id)!
DELETE FROM session WHERE telegram_id = (SELECT telegram_id FROM person WHERE id = :person_id);

-- name: quick_replies_forget(person_id)!
DELETE FROM quick_reply WHERE person_id = :person_id;

-- name: digits_forget(person_id, nothing, now_ms)!
UPDATE claim SET sealed = :nothing, erased_ms = :now_ms
WHERE person_id = :person_id AND erased_ms IS NULL AND state NOT IN ('waiting', 'seen');

-- name: room_forget(person_id)!
UPDATE room_message SET words = '🗑', file_id = NULL, file_unique_id = NULL, kind = NULL,
    name = NULL, size_bytes = NULL, chat_id = 0, message_id = 0
WHERE person_id = :person_id AND chat_id <> 0
    AND (SELECT o.state FROM orders o WHERE o.id = room_message.order_id)
        IN ('cleared', 'cancelled', 'refunded', 'expired');

-- name: answers_forget(person_id)!
UPDATE requirement_answer SET words = '🗑' WHERE order_id IN (
    SELECT id FROM orders WHERE buyer_id = :person_id
    AND state IN ('cleared', 'cancelled', 'refunded', 'expired'));

-- name: answer_files_forget(person_id)!
DELETE FROM answer_file WHERE order_id IN (
    SELECT id FROM orders WHERE buyer_id = :person_id
    AND state IN ('cleared', 'cancelled', 'refunded', 'expired'));

-- name: threads_forget(person_id)!
UPDATE thread_message SET words = '🗑'
WHERE thread_id IN (SELECT id FROM thread WHERE person_id = :person_id);

-- name: threads_close(person_id)!
UPDATE thread SET is_open = 0, is_waiting = 0 WHERE person_id = :person_id;

-- name: outbox_forget(person_id)!
UPDATE outbox SET facts = '{}' WHERE person_id = :person_id AND state <> 'queued';

-- name: evidence_forget(person_id)!
-- Pictures of payouts; the reference stays with the money.
UPDATE withdrawal SET evidence_id = NULL, evidence_unique_id = NULL, evidence_kind = NULL,
    evidence_name = NULL, evidence_size = NULL
WHERE person_id = :person_id AND evidence_id IS NOT NULL;

-- name: evidence_erase(before_ms, row_limit)
UPDATE withdrawal SET evidence_id = NULL, evidence_unique_id = NULL, evidence_kind = NULL,
    evidence_name = NULL, evidence_size = NULL
WHERE id IN (
    SELECT id FROM withdrawal WHERE evidence_id IS NOT NULL AND moved_ms < :before_ms
    ORDER BY moved_ms, id LIMIT :row_limit)
RETURNING id;

-- name: person_forgotten(id, now_ms)!
UPDATE person SET forgotten_ms = :now_ms WHERE id = :id;

-- name: orders_to_erase(before_ms, row_limit)
SELECT id FROM orders WHERE erased_ms IS NULL
    AND state IN ('cleared', 'cancelled', 'refunded', 'expired') AND entered_ms < :before_ms
ORDER BY entered_ms, id LIMIT :row_limit;

-- name: order_erased(order_id, now_ms)!
UPDATE orders SET erased_ms = :now_ms WHERE id = :order_id;

-- name: room_erase(order_id)!
UPDATE room_message SET words = '🗑', file_id = NULL, file_unique_id = NULL, kind = NULL,
    name = NULL, size_bytes = NULL, chat_id = 0, message_id = 0
WHERE order_id = :order_id AND chat_id <> 0;

-- name: answer_erase(order_id)!
UPDATE requirement_answer SET words = '🗑' WHERE order_id = :order_id;

-- name: deliveries_erase(order_id)!
UPDATE delivery SET words = '🗑' WHERE order_id = :order_id;

-- name: delivery_files_erase(order_id)!
UPDATE delivery_file SET file_id = '', file_unique_id = '', name = ''
WHERE delivery_id IN (SELECT id FROM delivery WHERE order_id = :order_id);

-- name: statements_erase(order_id)!
UPDATE dispute_statement SET words = '🗑' WHERE order_id = :order_id;

-- name: statement_files_erase(order_id)!
UPDATE dispute_statement_file SET file_id = '', file_unique_id = '', name = ''
WHERE statement_id IN (SELECT id FROM dispute_statement WHERE order_id = :order_id);

-- name: claims_erase(before_ms, nothing, now_ms, row_limit)
UPDATE claim SET sealed = :nothing, erased_ms = :now_ms WHERE id IN (
    SELECT id FROM claim WHERE erased_ms IS NULL AND state NOT IN ('waiting', 'seen')
    AND created_ms < :before_ms ORDER BY created_ms LIMIT :row_limit)
RETURNING id;

-- name: outbox_erase(after_id, before_ms, row_limit)
-- What notices said; that they went out stays.
UPDATE outbox SET facts = CASE WHEN state = 'queued' THEN facts ELSE '{}' END WHERE id IN (
    SELECT id FROM outbox WHERE id > :after_id AND created_ms < :before_ms
    ORDER BY id LIMIT :row_limit)
RETURNING id;
