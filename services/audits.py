"""The last audit as one stored value."""

import json

from market.read import AuditFinding

AUDIT = "audit"


def audit_flag(now_ms: int, findings: tuple[AuditFinding, ...]) -> str:
    """As it is stored."""
    return json.dumps({"ms": now_ms, "findings": [[f.rule, f.detail] for f in findings]})


def audited(flag: str | None) -> tuple[int | None, tuple[AuditFinding, ...]]:
    """When the last audit ran and what it found."""
    if flag is None:
        return None, ()
    stored = json.loads(flag)
    return stored["ms"], tuple(AuditFinding(*found) for found in stored["findings"])
