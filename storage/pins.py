"""People's PINs as rows: the slow hash is encrypted, so that a stolen database alone tells none."""

from market.pin import Pin
from storage.cipher import Cipher
from storage.queries import Sql

_PLAIN = (
    "person_id",
    "salt",
    "set_ms",
    "wrong",
    "locked_until_ms",
    "passed_for",
    "passed_until_ms",
    "reset_ms",
)


class Pins:
    """services.repositories.Pins."""

    def __init__(self, sql: Sql, cipher: Cipher) -> None:
        self._sql = sql
        self._cipher = cipher

    async def get(self, person_id: int) -> Pin | None:
        query = "pin_locked" if self._sql.writing else "pin_get"
        row = await self._sql.one(query, person_id=person_id)
        if row is None:
            return None
        owner = _owner(person_id, row["salt"])
        digest = self._cipher.open(bytes(row["sealed"]), owner=owner)
        return Pin(digest=digest, **{name: row[name] for name in _PLAIN})

    async def save(self, pin: Pin) -> None:
        sealed = self._cipher.seal(pin.digest, owner=_owner(pin.person_id, pin.salt))
        values = {name: getattr(pin, name) for name in _PLAIN}
        await self._sql.run("pin_save", sealed=sealed, **values)

    async def drop(self, person_id: int) -> None:
        await self._sql.run("pin_drop", person_id=person_id)

    async def to_reset(self, now_ms: int, *, limit: int) -> tuple[int, ...]:
        rows = await self._sql.rows("pins_to_reset", now_ms=now_ms, row_limit=limit)
        return tuple(row["person_id"] for row in rows)


def _owner(person_id: int, salt: str) -> str:
    """A sealed hash that was moved to another row does not open."""
    return f"pin:{person_id}:{salt}"
