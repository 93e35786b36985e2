-- name: answer_save(order_id, words, at_ms)!
INSERT INTO requirement_answer (order_id, words, at_ms) VALUES (:order_id, :words, :at_ms)
ON CONFLICT (order_id) DO UPDATE SET words = excluded.words, at_ms = excluded.at_ms;

-- name: answer_files_drop(order_id)!
DELETE FROM answer_file WHERE order_id = :order_id;

-- name: answer_file_add(owner_id, number, file_id, file_unique_id, kind, name, size_bytes)*!
INSERT INTO answer_file (order_id, number, file_id, file_unique_id, kind, name, size_bytes)
VALUES (:owner_id, :number, :file_id, :file_unique_id, :kind, :name, :size_bytes);

-- name: answer_get(order_id)$
SELECT words FROM requirement_answer WHERE order_id = :order_id;

-- name: answer_files(order_id)
SELECT * FROM answer_file WHERE order_id = :order_id ORDER BY number;

-- name: delivery_add(order_id, words, digest, at_ms)^
INSERT INTO delivery (order_id, number, words, digest, at_ms)
VALUES (:order_id,
    (SELECT 1 + coalesce(max(number), 0) FROM delivery WHERE order_id = :order_id),
    :words, :digest, :at_ms)
RETURNING id, number;

-- name: delivery_file_add(owner_id, number, file_id, file_unique_id, kind, name, size_bytes)*!
INSERT INTO delivery_file (delivery_id, number, file_id, file_unique_id, kind, name, size_bytes)
VALUES (:owner_id, :number, :file_id, :file_unique_id, :kind, :name, :size_bytes);

-- name: deliveries(order_id)
-- One row per file; a delivery without files has one row of nulls.
SELECT d.id, d.number, d.words, d.digest, d.at_ms, f.file_id, f.file_unique_id, f.kind, f.name,
    f.size_bytes, f.sha256
FROM delivery d
LEFT JOIN delivery_file f ON f.delivery_id = d.id
WHERE d.order_id = :order_id
ORDER BY d.number, f.number;

-- name: file_hash_keep(delivery_id, number, sha256)!
UPDATE delivery_file SET sha256 = :sha256
WHERE delivery_id = :delivery_id AND number = :number AND sha256 = '';

-- name: review_add(order_id, author_id, subject_id, role, stars, quality, communication, value, words, written_ms, visible_from_ms)$
INSERT INTO review (order_id, author_id, subject_id, role, stars, quality, communication, value,
    words, written_ms, visible_from_ms)
VALUES (:order_id, :author_id, :subject_id, :role, :stars, :quality, :communication, :value,
    :words, :written_ms, :visible_from_ms)
ON CONFLICT (order_id, author_id) DO NOTHING
RETURNING order_id;

-- name: reviews_of_order(order_id)
SELECT * FROM review WHERE order_id = :order_id ORDER BY written_ms, author_id;

-- name: reviews_show(order_id, from_ms)!
UPDATE review SET visible_from_ms = :from_ms
WHERE order_id = :order_id AND visible_from_ms > :from_ms;

-- name: review_reply(order_id, author_id, words, now_ms)$
UPDATE review SET reply = :words, replied_ms = :now_ms
WHERE order_id = :order_id AND author_id = :author_id AND reply = ''
RETURNING order_id;

-- name: review_remove(order_id, author_id, reason)!
UPDATE review SET removed_reason = :reason
WHERE order_id = :order_id AND author_id = :author_id AND removed_reason = '';

-- name: reviews_about(person_id, now_ms, row_limit)
SELECT * FROM review WHERE subject_id = :person_id AND visible_from_ms <= :now_ms
    AND removed_reason = ''
ORDER BY written_ms DESC, order_id DESC LIMIT :row_limit;
