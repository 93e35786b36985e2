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

-- name: person_save(id, language, language_chosen, zone, standing, terms_version, unreachable_ms)!
UPDATE person SET language = :language, language_chosen = :language_chosen, zone = :zone,
    standing = :standing, terms_version = :terms_version, unreachable_ms = :unreachable_ms
WHERE id = :id;

-- name: contact_get(person_id)$
SELECT sealed FROM person_private WHERE person_id = :person_id;

-- name: contact_save(person_id, sealed)!
INSERT INTO person_private (person_id, sealed) VALUES (:person_id, :sealed)
ON CONFLICT (person_id) DO UPDATE SET sealed = excluded.sealed;
