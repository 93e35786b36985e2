"""Every refusal the sandbox can give, with its code, its wording and where the wording comes from.

No rule is checked here; the modules that know the facts raise `refuse("rule", ...)`. More rows
stand in asking_rules.py, chat_rules.py, goods_rules.py and message_rules.py. A source can be looked
up, and tests/sandbox/test_rules.py reads it:
"spec: sendInvoice.title" or "spec: deleteMessage", a field or method of bot-api-10.0.json;
"server: Client.cpp: check_chat_access", file and function of tdlib/telegram-bot-api;
"tdlib: ReplyMarkup.cpp: get_keyboard_button", file and function of tdlib/td (or the file alone);
"api: messages.sendMessage", the list of errors at core.telegram.org/method/messages.sendMessage;
"issue: owner/name#12", a public thread with the answer of the live service;
"live: owner/name: path/of/test", a public test that runs against the live service;
"own", the sandbox's own; "guessed", nothing found yet (README.md lists these as well).
"""

from dataclasses import dataclass
from typing import Any

from sandbox import asking_rules, chat_rules, goods_rules, message_rules


@dataclass(frozen=True, slots=True)
class Rule:
    code: int
    text: str
    source: str


class Refusal(Exception):
    """A call that Telegram would refuse; the wire layer turns it into the error envelope."""

    def __init__(self, rule: str, *, code: int, description: str) -> None:
        super().__init__(description)
        self.rule = rule
        self.code = code
        self.description = description
        self.retry_after: int | None = None

    def to_api(self) -> dict[str, Any]:
        """The envelope of an error."""
        body = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def refuse(rule: str, **values: Any) -> Refusal:
    """The refusal of a named rule; the values fill the places in its wording."""
    known = RULES[rule]
    return Refusal(rule, code=known.code, description=known.text.format(**values))


def _bad(source: str, text: str) -> Rule:
    return Rule(400, f"Bad Request: {text}", source)


def _forbidden(source: str, text: str) -> Rule:
    return Rule(403, f"Forbidden: {text}", source)


_CONNECTION = {
    "unauthorized": Rule(401, "Unauthorized", "server: ClientManager.cpp: send"),
    "unknown_method": Rule(404, "Not Found: method not found", "server: Client.cpp: on_cmd"),
    "file_missing": Rule(404, "Not Found", "guessed"),
    "not_modelled": Rule(501, "Not modelled by the sandbox: {method}", "own"),
    "other_poller": Rule(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot "
        "instance is running",
        "server: Client.cpp: abort_long_poll",
    ),
    "poll_webhook": Rule(
        409,
        "Conflict: terminated by setWebhook request",
        "server: Client.cpp: abort_long_poll",
    ),
    "webhook_active": Rule(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook "
        "to delete the webhook first",
        "server: Client.cpp: process_get_updates_query",
    ),
    "too_large": Rule(413, "Request Entity Too Large", "issue: telegraf/telegraf#913"),
    "too_many": Rule(
        429, "Too Many Requests: retry after {seconds}", "server: Query.cpp: set_retry_after_error"
    ),
    "bad_body": _bad("server: Client.cpp: get_bot_commands", "can't parse {what} JSON object"),
    "webhook_url": _bad("server: Client.cpp: do_set_webhook", "invalid webhook URL specified"),
    "not_utf8": _bad("tdlib: Requests.cpp", "strings must be encoded in UTF-8"),
    "secret_long": _bad("server: Client.cpp: do_set_webhook", "secret token is too long"),
    "secret_token": _bad(
        "server: Client.cpp: do_set_webhook", "secret token contains unallowed characters"
    ),
}

_PARAMETERS = {
    "required": _bad(
        "server: Client.cpp: get_required_string_arg", 'parameter "{name}" is required'
    ),
    "too_long": _bad("guessed", "{name} must be {low}-{high} {unit} long"),
    "chat_id_empty": _bad("server: Client.cpp: check_chat", "chat_id is empty"),
    "message_id_missing": _bad(
        "server: Client.cpp: process_delete_message_query", "message identifier is not specified"
    ),
    "file_id_empty": _bad("server: Client.cpp: check_remote_file_id", "file_id not specified"),
    "place_empty": _bad("server: Client.cpp: get_location", "{name} is empty"),
    "user_id_invalid": _bad("server: Client.cpp: get_user_id", "invalid user_id specified"),
    "user_not_found": _bad("server: Client.cpp: TdOnCheckUserCallback", "user not found"),
    "parse_mode": _bad("server: Client.cpp: get_formatted_text", "unsupported parse_mode"),
    "no_file": _bad(
        "server: Client.cpp: process_send_photo_query", "there is no {kind} in the request"
    ),
}

_MESSAGES = {
    "text_empty": _bad("server: Client.cpp: get_input_message_text", "message text is empty"),
    "text_blank": _bad("tdlib: MessageEntity.cpp", "text must be non-empty"),
    "text_long": _bad("issue: yagop/node-telegram-bot-api#223", "message is too long"),
    "caption_long": _bad("tdlib: MessageContent.cpp", "message caption is too long"),
    "text_huge": _bad("server: Client.cpp: get_formatted_text", "text is too long"),
    "entity_json": _bad(
        "server: Client.cpp: get_text_entity", "can't parse MessageEntity: {reason}"
    ),
    "entity_number": _bad(
        "tdlib: MessageEntity.cpp: fix_formatted_text",
        "receive an entity with incorrect {name} {number}",
    ),
    "entity_place": _bad(
        "tdlib: MessageEntity.cpp: clean_input_string_with_entities", "entity {reason}"
    ),
    "entities": _bad("tdlib: MessageEntity.cpp: parse_html", "can't parse entities: {reason}"),
    "not_modified": _bad(
        "server: Client.cpp: fail_query_with_error",
        "message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message",
    ),
    "edit_missing": _bad(
        "server: Client.cpp: process_edit_message_text_query", "message to edit not found"
    ),
    "edit_foreign": _bad("tdlib: MessagesManager.cpp", "message can't be edited"),
    "edit_no_text": _bad("tdlib: MessagesManager.cpp", "there is no text in the message to edit"),
    "edit_no_caption": _bad(
        "tdlib: MessagesManager.cpp", "there is no caption in the message to edit"
    ),
    "edit_no_media": _bad("tdlib: MessagesManager.cpp", "message media can't be edited"),
    "inline_message": _bad("api: messages.editInlineBotMessage", "MESSAGE_ID_INVALID"),
    "delete_missing": _bad(
        "server: Client.cpp: process_delete_message_query", "message to delete not found"
    ),
    "delete_foreign": _bad("server: Client.cpp: fail_query_with_error", "message can't be deleted"),
    "delete_old": _bad("tdlib: MessagesManager.cpp", "message can't be deleted for everyone"),
    "reply_missing": _bad(
        "server: Client.cpp: check_reply_parameters", "message to be replied not found"
    ),
    "copy_missing": _bad(
        "server: Client.cpp: process_copy_message_query", "message to copy not found"
    ),
    "copy_refused": _bad("tdlib: MessagesManager.cpp", "the message can't be copied"),
    "forward_missing": _bad(
        "server: Client.cpp: process_forward_message_query", "message to forward not found"
    ),
    "forward_refused": _bad("issue: tdlib/telegram-bot-api#897", "the message can't be forwarded"),
    "pin_missing": _bad(
        "server: Client.cpp: process_pin_chat_message_query", "message to pin not found"
    ),
    "unpin_missing": _bad(
        "server: Client.cpp: process_unpin_chat_message_query", "message to unpin not found"
    ),
    "react_missing": _bad(
        "server: Client.cpp: process_set_message_reaction_query", "message to react not found"
    ),
    "reaction_invalid": _bad("api: messages.sendReaction", "REACTION_INVALID"),
    "reactions_many": _bad("api: messages.sendReaction", "REACTIONS_TOO_MANY"),
    "action_wrong": _bad(
        "server: Client.cpp: process_send_chat_action_query", "wrong parameter action in request"
    ),
}

_CHATS = {
    "chat_missing": _bad("server: Client.cpp: TdOnCheckChatCallback", "chat not found"),
    "deactivated": _forbidden("server: Client.cpp: check_chat_access", "user is deactivated"),
    "blocked": _forbidden(
        "server: Client.cpp: fail_query_with_error", "bot was blocked by the user"
    ),
    "never_started": _forbidden(
        "issue: lnp2pBot/bot#159", "bot can't initiate conversation with a user"
    ),
    "to_bots": _forbidden("tdlib: MessagesManager.cpp", "bots can't send messages to bots"),
    "not_member": _forbidden(
        "server: Client.cpp: check_chat_access", "bot is not a member of the {kind} chat"
    ),
    "kicked": _forbidden(
        "server: Client.cpp: check_chat_access", "bot was kicked from the {kind} chat"
    ),
    "channel_rights": _bad(
        "issue: teloxide/teloxide#450", "need administrator rights in the channel chat"
    ),
    "member_missing": _bad(
        "tdlib: DialogParticipantManager.cpp: get_channel_participant", "member not found"
    ),
    "rights_pin": _bad(
        "tdlib: DialogManager.cpp: can_pin_messages",
        "not enough rights to manage pinned messages in the chat",
    ),
    "rights_ban": _bad(
        "tdlib: DialogParticipantManager.cpp",
        "not enough rights to restrict/unrestrict chat member",
    ),
    "rights_topic_create": _bad(
        "tdlib: ForumTopicManager.cpp: create_forum_topic", "not enough rights to create a topic"
    ),
    "rights_topic_edit": _bad(
        "tdlib: ForumTopicManager.cpp: edit_forum_topic", "not enough rights to edit the topic"
    ),
    "ban_private": _bad(
        "tdlib: DialogParticipantManager.cpp: ban_dialog_participant",
        "can't ban members in private chats",
    ),
    "ban_owner": _bad("tdlib: DialogParticipantManager.cpp", "can't remove chat owner"),
    "ban_admin": _bad(
        "issue: thedevs-network/the-guard-bot#116", "user is an administrator of the chat"
    ),
    "ban_self": _bad("tdlib: DialogParticipantManager.cpp", "can't restrict self"),
    "leave_private": _bad(
        "tdlib: DialogParticipantManager.cpp",
        "chat member status can't be changed in private chats",
    ),
    "no_admins": _bad(
        "server: Client.cpp: process_get_chat_administrators_query",
        "there are no administrators in the private chat",
    ),
    "not_forum": _bad("tdlib: ForumTopicManager.cpp: is_forum", "the chat is not a forum"),
    "topic_missing": _bad(
        "server: Client.cpp: TdOnCheckMessageThreadCallback", "message thread not found"
    ),
    "topic_invalid": _bad("api: channels.editForumTopic", "TOPIC_ID_INVALID"),
    "topic_closed": _bad("issue: rteixeirax/qbittorrent_telegram_notification#12", "TOPIC_CLOSED"),
    "topic_unchanged": _bad("api: channels.editForumTopic", "TOPIC_NOT_MODIFIED"),
    "topic_name": _bad(
        "tdlib: ForumTopicManager.cpp: create_forum_topic", "title must be non-empty"
    ),
    "topic_color": _bad(
        "tdlib: ForumTopicManager.cpp: create_forum_topic", "invalid icon color specified"
    ),
}

_ROWS = (asking_rules.ROWS, chat_rules.ROWS, goods_rules.ROWS, message_rules.ROWS)

RULES: dict[str, Rule] = {
    **_CONNECTION,
    **_PARAMETERS,
    **_MESSAGES,
    **_CHATS,
    **{name: _bad(*row) for rows in _ROWS for name, row in rows.items()},
}
