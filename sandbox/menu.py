"""What the bot says about itself: commands by scope and language, names, descriptions, button."""

import json
from dataclasses import dataclass, field
from typing import Any

DEFAULT_SCOPE = {"type": "default"}


@dataclass(slots=True)
class Menu:
    default_name: str
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    buttons: dict[int, dict[str, Any]] = field(default_factory=dict)

    def text(self, kind: str, *, language: str) -> str:
        found = self.texts.get((kind, language)) or self.texts.get((kind, ""))
        return found or (self.default_name if kind == "name" else "")

    def set_text(self, kind: str, *, language: str, text: str) -> None:
        if text:
            self.texts[kind, language] = text
        else:
            self.texts.pop((kind, language), None)

    def button(self, chat_id: int) -> dict[str, Any]:
        return self.buttons.get(chat_id) or self.buttons.get(0) or {"type": "commands"}

    def commands_for(self, person_id: int, *, language: str) -> list[dict[str, str]]:
        """The list a person sees in the private chat: the narrowest scope that has one."""
        scopes = (
            {"type": "chat", "chat_id": person_id},
            {"type": "all_private_chats"},
            DEFAULT_SCOPE,
        )
        for scope in scopes:
            for spoken in dict.fromkeys((language, "")):
                found = self.commands.get((scope_key(scope), spoken))
                if found:
                    return found
        return []


def scope_key(scope: dict[str, Any]) -> str:
    return json.dumps(scope, sort_keys=True)
