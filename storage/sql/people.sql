-- name: person_by_telegram(telegram_id)^
SELECT * FROM person WHERE telegram_id = :telegram_id;

-- name: person_get(id)^
SELECT * FROM person WHERE id = :id;

-- name: person_add(telegram_id, language, zone, now_ms)^
-- An existing person comes back unchanged (his row is written as it was).
INSERT INTO person (telegram_id, language, zone, standing, created_ms)
VALUES (:telegram_id, :language, :zone, 'good', :now_ms)
ON CONFLICT (telegram_id) DO UPDATE SET telegram_id = excluded.telegram_id
RETURNING *;

-- name: person_save(id, language, language_chosen, zone, standing, terms_version, unreachable_ms, digest_hour, next_digest_ms)!
UPDATE person SET language = :language, language_chosen = :language_chosen, zone = :zone,
    standing = :standing, terms_version = :terms_version, unreachable_ms = :unreachable_ms,
    digest_hour = :digest_hour, next_digest_ms = :next_digest_ms
WHERE id = :id;

-- name: people_to_digest(now_ms, row_limit)
SELECT id FROM person WHERE next_digest_ms IS NOT NULL AND next_digest_ms <= :now_ms
ORDER BY next_digest_ms, id LIMIT :row_limit;

-- name: people_found(number, order_id, row_limit)
-- Own id first, then the Telegram id, then the parties of the order.
SELECT id, 1 AS place FROM person WHERE id = :number
UNION ALL
SELECT id, 2 FROM person WHERE telegram_id = :number
UNION ALL
SELECT buyer_id, 3 FROM orders WHERE id = :order_id
UNION ALL
SELECT seller_id, 4 FROM orders WHERE id = :order_id
ORDER BY 2 LIMIT :row_limit;

-- name: contact_get(person_id)$
SELECT sealed FROM person_private WHERE person_id = :person_id;

-- name: contact_save(person_id, sealed)!
INSERT INTO person_private (person_id, sealed) VALUES (:person_id, :sealed)
ON CONFLICT (person_id) DO UPDATE SET sealed = excluded.sealed;
