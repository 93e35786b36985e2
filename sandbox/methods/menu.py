"""Commands, names, descriptions and the menu button."""

import re
from typing import TYPE_CHECKING, Any

from sandbox.access import chat_of
from sandbox.menu import DEFAULT_SCOPE, scope_key
from sandbox.rules import refuse
from sandbox.schema import spec

if TYPE_CHECKING:
    from sandbox.call import Call, Handler

COMMANDS_MAX = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_PLAIN_SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
}
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}
_BUTTONS = {"commands", "default", "web_app"}


def set_my_commands(call: "Call") -> bool:
    commands = call.items("commands")
    if len(commands) > COMMANDS_MAX:
        raise refuse("commands_many")
    checked = [_command(value) for value in commands]
    call.world.menu.commands[_key(call)] = checked
    return True


def get_my_commands(call: "Call") -> list[dict[str, str]]:
    return call.world.menu.commands.get(_key(call), [])


def delete_my_commands(call: "Call") -> bool:
    call.world.menu.commands.pop(_key(call), None)
    return True


def _command(value: Any) -> dict[str, str]:
    given = value if isinstance(value, dict) else {}
    name, text = given.get("command"), given.get("description")
    name = name.removeprefix("/") if isinstance(name, str) else ""
    if not _COMMAND.fullmatch(name):
        raise refuse("command_name")
    if not isinstance(text, str) or not spec().limit("BotCommand", "description").holds(text):
        raise refuse("command_text")
    return {"command": name, "description": text}


def _key(call: "Call") -> tuple[str, str]:
    return scope_key(_scope(call)), _language(call)


def _scope(call: "Call") -> dict[str, Any]:
    scope = call.object("scope") or DEFAULT_SCOPE
    kind = str(scope.get("type"))
    if kind in _PLAIN_SCOPES:
        return {"type": kind}
    if kind not in _CHAT_SCOPES:
        raise refuse("scope")
    chat = call.world.chat(scope.get("chat_id", 0))
    if chat is None:
        raise refuse("chat_missing")
    return {**scope, "chat_id": chat.id}


def _language(call: "Call") -> str:
    language = call.text("language_code")
    if language and not _LANGUAGE.fullmatch(language):
        raise refuse("language")
    return language


def set_chat_menu_button(call: "Call") -> bool:
    button = call.object("menu_button") or {"type": "default"}
    if str(button.get("type")) not in _BUTTONS:
        raise refuse("menu_button")
    buttons = call.world.menu.buttons
    if button["type"] == "default":
        buttons.pop(_button_chat(call), None)
    else:
        buttons[_button_chat(call)] = button
    return True


def get_chat_menu_button(call: "Call") -> dict[str, Any]:
    return call.world.menu.button(_button_chat(call))


def _button_chat(call: "Call") -> int:
    return chat_of(call).id if call.has("chat_id") else 0


def _setter(kind: str, *, method: str) -> "Handler":
    def handle(call: "Call") -> bool:
        text = call.text(kind)
        limit = spec().limit(method, kind)
        if not limit.holds(text):
            raise refuse("too_long", name=kind, low=limit.low, high=limit.high, unit=limit.unit)
        call.world.menu.set_text(kind, language=_language(call), text=text)
        call.world.bot.name = call.world.menu.text("name", language="")
        return True

    return handle


def _getter(kind: str) -> "Handler":
    def handle(call: "Call") -> dict[str, str]:
        return {kind: call.world.menu.text(kind, language=_language(call))}

    return handle


METHODS = {
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setchatmenubutton": set_chat_menu_button,
    "getchatmenubutton": get_chat_menu_button,
    "setmyname": _setter("name", method="setMyName"),
    "getmyname": _getter("name"),
    "setmydescription": _setter("description", method="setMyDescription"),
    "getmydescription": _getter("description"),
    "setmyshortdescription": _setter("short_description", method="setMyShortDescription"),
    "getmyshortdescription": _getter("short_description"),
}
