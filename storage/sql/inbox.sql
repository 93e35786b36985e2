-- name: inbox_add(bot_id, update_id, hash, raw, now_ms)*!
INSERT INTO inbox (bot_id, update_id, hash, raw, received_ms)
VALUES (:bot_id, :update_id, :hash, :raw, :now_ms)
ON CONFLICT (bot_id, update_id, hash) DO NOTHING;

-- name: inbox_pending(after_id, now_ms, row_limit)
SELECT id, update_id, raw, attempts, received_ms FROM inbox
WHERE state = 'new' AND id > :after_id AND not_before_ms <= :now_ms
ORDER BY id LIMIT :row_limit;

-- name: inbox_done(id, now_ms)!
UPDATE inbox SET state = 'done', ended_ms = :now_ms WHERE id = :id;

-- name: inbox_blot(id)!
-- What was written in it is nobody's business any more; its mark still knows it again.
UPDATE inbox SET raw = '{}' WHERE id = :id;

-- name: inbox_again(id, at_ms, error, more)!
UPDATE inbox SET not_before_ms = :at_ms, error = :error, attempts = attempts + :more
WHERE id = :id AND state = 'new';

-- name: inbox_dead(id, error, now_ms)!
UPDATE inbox SET state = 'dead', ended_ms = :now_ms, error = :error, attempts = attempts + 1
WHERE id = :id AND state = 'new';

-- name: inbox_dead_rows(row_limit)
SELECT id, 'update' AS kind, error, ended_ms AS at_ms FROM inbox WHERE state = 'dead'
ORDER BY id DESC LIMIT :row_limit;

-- name: inbox_prune(before_ms)
-- The newest row always stays, so that SQLite never gives its number to another update.
DELETE FROM inbox
WHERE received_ms < :before_ms AND state <> 'new' AND id < (SELECT max(id) FROM inbox)
RETURNING id;

-- name: session_get(chat_id, telegram_id)^
SELECT * FROM session WHERE chat_id = :chat_id AND telegram_id = :telegram_id;

-- name: session_save(chat_id, telegram_id, flow, step, draft, kept, updated_ms)!
INSERT INTO session (chat_id, telegram_id, flow, step, draft, kept, updated_ms)
VALUES (:chat_id, :telegram_id, :flow, :step, :draft, :kept, :updated_ms)
ON CONFLICT (chat_id, telegram_id) DO UPDATE SET flow = excluded.flow, step = excluded.step,
    draft = excluded.draft, kept = excluded.kept, updated_ms = excluded.updated_ms;

-- name: session_drop(chat_id, telegram_id)!
DELETE FROM session WHERE chat_id = :chat_id AND telegram_id = :telegram_id;

-- name: sessions_expire(before_ms)
DELETE FROM session WHERE updated_ms < :before_ms RETURNING chat_id;
