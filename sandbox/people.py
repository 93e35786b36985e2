"""Users of the sandbox: people and the bot, and how the Bot API and the people's side show them."""

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True, eq=False)
class User:
    id: int
    name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    stars: int = 0
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    reads_all: bool = False

    def to_api(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        if self.username:
            shown["username"] = self.username
        if self.language_code:
            shown["language_code"] = self.language_code
        return shown

    def to_self(self) -> dict[str, Any]:
        """The longer form that getMe gives."""
        return {
            **self.to_api(),
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all,
            "supports_guest_queries": False,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
        }

    def to_control(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "username": self.username,
            "language_code": self.language_code,
            "stars": self.stars,
            "started": self.started,
            "blocked": self.blocked,
            "deactivated": self.deactivated,
        }

    def to_author(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "username": self.username,
            "is_bot": self.is_bot,
        }
