-- name: pin_get(person_id)^
SELECT * FROM pin WHERE person_id = :person_id;

-- name: pin_save(person_id, salt, sealed, set_ms, wrong, locked_until_ms, passed_for, passed_until_ms, reset_ms)!
INSERT INTO pin (person_id, salt, sealed, set_ms, wrong, locked_until_ms, passed_for,
    passed_until_ms, reset_ms)
VALUES (:person_id, :salt, :sealed, :set_ms, :wrong, :locked_until_ms, :passed_for,
    :passed_until_ms, :reset_ms)
ON CONFLICT (person_id) DO UPDATE SET salt = excluded.salt, sealed = excluded.sealed,
    set_ms = excluded.set_ms, wrong = excluded.wrong, locked_until_ms = excluded.locked_until_ms,
    passed_for = excluded.passed_for, passed_until_ms = excluded.passed_until_ms,
    reset_ms = excluded.reset_ms;

-- name: pin_drop(person_id)!
DELETE FROM pin WHERE person_id = :person_id;

-- name: pins_to_reset(now_ms, row_limit)
SELECT person_id FROM pin WHERE reset_ms <= :now_ms ORDER BY reset_ms LIMIT :row_limit;
