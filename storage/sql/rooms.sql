-- name: room_add(order_id, role, person_id, words, file_id, file_unique_id, kind, name, size_bytes, chat_id, message_id, is_flagged, at_ms)$
INSERT INTO room_message (order_id, number, role, person_id, words, file_id, file_unique_id, kind,
    name, size_bytes, chat_id, message_id, is_flagged, at_ms)
VALUES (:order_id,
    (SELECT 1 + coalesce(max(number), 0) FROM room_message WHERE order_id = :order_id),
    :role, :person_id, :words, :file_id, :file_unique_id, :kind, :name, :size_bytes, :chat_id,
    :message_id, :is_flagged, :at_ms)
RETURNING number;

-- name: room_one_more(order_id, person_id)!
INSERT INTO room_read (order_id, person_id, number, unread)
VALUES (:order_id, :person_id, 0, 1)
ON CONFLICT (order_id, person_id) DO UPDATE SET unread = room_read.unread + 1;

-- name: room_messages(order_id, before, row_limit)
SELECT * FROM room_message WHERE order_id = :order_id AND number < :before
ORDER BY number DESC LIMIT :row_limit;

-- name: room_read_until(order_id, person_id)$
SELECT number FROM room_read WHERE order_id = :order_id AND person_id = :person_id;

-- name: room_keep_read(order_id, person_id, number)!
INSERT INTO room_read (order_id, person_id, number, unread)
VALUES (:order_id, :person_id, :number,
    (SELECT count(*) FROM room_message m WHERE m.order_id = :order_id AND m.number > :number
        AND m.person_id <> :person_id))
ON CONFLICT (order_id, person_id) DO UPDATE SET number = excluded.number,
    unread = excluded.unread;

-- name: room_unread(person_id)
SELECT order_id, unread FROM room_read WHERE person_id = :person_id AND unread > 0
ORDER BY order_id;

-- name: room_strikes(person_id)$
SELECT count(*) FROM room_message WHERE person_id = :person_id AND is_flagged = 1;

-- name: quick_replies(person_id)
SELECT id, words FROM quick_reply WHERE person_id = :person_id ORDER BY id;

-- name: quick_reply_add(person_id, words)$
INSERT INTO quick_reply (person_id, words) VALUES (:person_id, :words) RETURNING id;

-- name: quick_reply_drop(person_id, id)$
DELETE FROM quick_reply WHERE person_id = :person_id AND id = :id RETURNING id;
