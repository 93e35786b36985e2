"""Where a judge from outside is wrong: each complaint that is let pass, why, and a sample of it.

A test judges every sample without this table, so an alarm that no longer rings must leave it.
"""

import re
from dataclasses import dataclass, field
from typing import Any

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """`pattern` fits the whole complaint; what an alarm `adds` lets the judge see the rest too.

    It is added to objects that hold everything in `where`.
    """

    judge: str
    pattern: str
    reason: str
    sample: Entry
    where: dict[str, Any] = field(default_factory=dict)
    adds: dict[str, Any] = field(default_factory=dict)

    def fits(self, complaint: str) -> bool:
        """Whether the complaint is this one."""
        return re.fullmatch(self.pattern, complaint) is not None

    def mend(self, value: Any) -> Any:
        """The value with the additions, at any depth."""
        if isinstance(value, list):
            return [self.mend(one) for one in value]
        if not isinstance(value, dict):
            return value
        mended = {name: self.mend(one) for name, one in value.items()}
        fits = bool(self.where) and self.where.items() <= _plain(value).items()
        return {**self.adds, **mended} if fits else mended


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in value.items() if isinstance(one, str | int)}


def answer_to(method: str, result: Any, **params: Any) -> Entry:
    """An entry of the raw record."""
    answer = {"ok": True, "result": result}
    return {
        "kind": "answer",
        "method": method,
        "params": params,
        "uploads": [],
        "answer": answer,
    }


BOT = {"id": 7, "is_bot": True, "first_name": "Bot", "username": "a_bot"}
RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
ADMINISTRATOR = {"status": "administrator", "user": BOT} | dict.fromkeys(RIGHTS, False)

FALSE_ALARMS = (
    FalseAlarm(
        judge="models_read",
        pattern=r".*dministrator\.can_send_welcome_messages: missing",
        reason="aiogram speaks Bot API 10.3, in which administrators have one right more",
        sample=answer_to("getChatMember", ADMINISTRATOR, chat_id=1, user_id=7),
        where={"status": "administrator"},
        adds={"can_send_welcome_messages": False},
    ),
)
