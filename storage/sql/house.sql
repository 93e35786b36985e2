-- name: command_claim(key, name, person_id, now_ms)$
INSERT INTO command (key, name, person_id, at_ms) VALUES (:key, :name, :person_id, :now_ms)
ON CONFLICT (key, name) DO NOTHING
RETURNING key;

-- name: command_result(key, name)$
SELECT result FROM command WHERE key = :key AND name = :name;

-- name: command_keep(key, name, result)!
UPDATE command SET result = :result WHERE key = :key AND name = :name;

-- name: thread_open(person_id, kind, order_id, now_ms)$
INSERT INTO thread (person_id, kind, order_id, created_ms)
VALUES (:person_id, :kind, :order_id, :now_ms)
RETURNING id;

-- name: thread_message_add(thread_id, words, operator_id, at_ms)$
INSERT INTO thread_message (thread_id, number, words, operator_id, at_ms)
VALUES (:thread_id,
    (SELECT 1 + coalesce(max(number), 0) FROM thread_message WHERE thread_id = :thread_id),
    :words, :operator_id, :at_ms)
RETURNING number;

-- name: thread_waits(id, is_waiting)!
UPDATE thread SET is_waiting = :is_waiting WHERE id = :id;

-- name: thread_get(id)^
SELECT t.*, s.sealed FROM thread t
LEFT JOIN person_private s ON s.person_id = t.person_id
WHERE t.id = :id;

-- name: thread_messages(thread_id)
SELECT * FROM thread_message WHERE thread_id = :thread_id ORDER BY number;

-- name: thread_find(person_id, kind, order_id)$
SELECT id FROM thread
WHERE person_id = :person_id AND kind = :kind AND is_open = 1
    AND coalesce(order_id, 0) = coalesce(CAST(:order_id AS BIGINT), 0)
ORDER BY id DESC LIMIT 1;

-- name: threads_waiting(row_limit)
SELECT t.*, s.sealed FROM thread t
LEFT JOIN person_private s ON s.person_id = t.person_id
WHERE t.is_open = 1 AND t.is_waiting = 1
ORDER BY t.id LIMIT :row_limit;

-- name: thread_close(id)!
UPDATE thread SET is_open = 0, is_waiting = 0 WHERE id = :id;

-- name: place_link(chat_id, topic_id, category, title)!
INSERT INTO place (chat_id, topic_id, category, title)
VALUES (:chat_id, :topic_id, :category, :title)
ON CONFLICT (chat_id, topic_id) DO UPDATE SET category = excluded.category,
    title = excluded.title;

-- name: place_unlink(chat_id, topic_id)$
DELETE FROM place WHERE chat_id = :chat_id AND topic_id = :topic_id RETURNING chat_id;

-- name: places_of_category(category)
SELECT * FROM place WHERE category = :category OR category = '' ORDER BY chat_id, topic_id;

-- name: places_of_chat(chat_id)
SELECT * FROM place WHERE chat_id = :chat_id ORDER BY topic_id;

-- name: places_all()
SELECT * FROM place ORDER BY chat_id, topic_id;

-- name: post_add(chat_id, message_id, topic_id, gig_id, gig_version_id, shown_version)!
INSERT INTO posts (chat_id, message_id, topic_id, gig_id, gig_version_id, shown_version)
VALUES (:chat_id, :message_id, :topic_id, :gig_id, :gig_version_id, :shown_version)
ON CONFLICT (chat_id, message_id) DO UPDATE SET gig_id = excluded.gig_id,
    gig_version_id = excluded.gig_version_id, shown_version = excluded.shown_version;

-- name: posts_of_gig(gig_id)
SELECT * FROM posts WHERE gig_id = :gig_id ORDER BY chat_id, message_id;

-- name: sweep_started(name, every_ms, now_ms)!
INSERT INTO sweep_run (name, started_ms, every_ms, open_ms)
VALUES (:name, :now_ms, :every_ms, :now_ms)
ON CONFLICT (name) DO UPDATE SET started_ms = excluded.started_ms, every_ms = excluded.every_ms,
    open_ms = coalesce(sweep_run.open_ms, excluded.open_ms);

-- name: sweep_succeeded(name, now_ms)!
UPDATE sweep_run SET succeeded_ms = :now_ms, error = NULL, open_ms = NULL WHERE name = :name;

-- name: sweep_failed(name, error)^
UPDATE sweep_run SET error = :error WHERE name = :name RETURNING open_ms, every_ms;

-- name: sweeps()
SELECT * FROM sweep_run ORDER BY name;

-- name: heartbeat()$
SELECT at_ms FROM heartbeat WHERE id = 1;

-- name: orders_newest(row_limit)
-- After a restore: what the house remembers last.
SELECT e.order_id, e.event, e.dst AS state, e.at_ms FROM order_event e
ORDER BY e.at_ms DESC, e.order_id DESC, e.version DESC LIMIT :row_limit;

-- name: house_newest()^
SELECT (SELECT coalesce(max(id), 0) FROM orders) AS order_id,
    (SELECT coalesce(max(id), 0) FROM withdrawal) AS withdrawal_id,
    (SELECT count(*) FROM inbox WHERE state = 'new') AS waiting;

-- name: inbox_newest()^
SELECT update_id, received_ms FROM inbox ORDER BY id DESC LIMIT 1;

-- name: beat(now_ms)!
INSERT INTO heartbeat (id, at_ms) VALUES (1, :now_ms)
ON CONFLICT (id) DO UPDATE SET at_ms = excluded.at_ms;

-- name: flag_get(name)$
SELECT value FROM flag WHERE name = :name;

-- name: flag_set(name, value, now_ms)!
INSERT INTO flag (name, value, at_ms) VALUES (:name, :value, :now_ms)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, at_ms = excluded.at_ms;

-- name: act_log(operator_id, act, detail, now_ms)!
INSERT INTO operator_act (operator_id, act, detail, at_ms)
VALUES (:operator_id, :act, :detail, :now_ms);

-- name: alarm_keep(key, facts, now_ms)!
INSERT INTO alarm_kept (key, facts, at_ms) VALUES (:key, :facts, :now_ms)
ON CONFLICT (key) DO NOTHING;

-- name: alarms_kept(row_limit)
SELECT * FROM alarm_kept ORDER BY id LIMIT :row_limit;

-- name: alarm_drop(id)$
DELETE FROM alarm_kept WHERE id = :id RETURNING id;

-- name: alarms_drop(before_ms)!
DELETE FROM alarm_kept WHERE at_ms < :before_ms;
