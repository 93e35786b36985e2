"""What Telegram would accept but is still a mistake; reported, never refused."""

from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.world import World

FINDINGS_KEPT = 1_000
SILENT_SECONDS = 5.0
DEPRECATED = frozenset(
    {
        "reply_to_message_id",
        "allow_sending_without_reply",
        "disable_web_page_preview",
        "thumb",
        "thumb_url",
        "switch_pm_text",
        "switch_pm_parameter",
        "hide_url",
    }
)


class Lint:
    def __init__(self) -> None:
        self._findings: deque[dict[str, Any]] = deque(maxlen=FINDINGS_KEPT)

    def add(self, kind: str, *, method: str, detail: str) -> None:
        self._findings.append({"kind": kind, "method": method, "detail": detail})

    def check(self, call: "Call") -> None:
        for name in call.params.keys() - call.method.known:
            kind = "deprecated parameter" if name in DEPRECATED else "unknown parameter"
            self.add(kind, method=call.method.name, detail=name)
        if call.text("parse_mode").lower() == "markdown":
            self.add("legacy parse_mode", method=call.method.name, detail="Markdown")

    def findings(self, world: "World") -> list[dict[str, Any]]:
        silent = world.queries.unanswered(world.clock(), after=SILENT_SECONDS)
        return [
            *self._findings,
            *(
                {
                    "kind": f"{pending.kind} query never answered",
                    "method": "",
                    "detail": f"{pending.id}: {pending.note}",
                }
                for pending in silent
            ),
        ]
