"""Every refusal the sandbox can give, with its code, its wording and where the wording comes from.

No rule is checked here; the modules that know the facts raise `refuse("rule", ...)`.
Sources: "spec" = bot-api-10.0.json; "server" = tdlib/telegram-bot-api, Client.cpp;
"tdlib" = tdlib/td; "api" = core.telegram.org/api error lists; "seen" = reported from the
live service in public issue threads; "guessed" = no source yet.
"""

from dataclasses import dataclass
from typing import Any


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


def refuse(rule: str, **values: Any) -> Refusal:
    """The refusal of a named rule; the values fill the places in its wording."""
    known = RULES[rule]
    return Refusal(rule, code=known.code, description=known.text.format(**values))


def _bad(source: str, text: str) -> Rule:
    return Rule(400, f"Bad Request: {text}", source)


def _forbidden(source: str, text: str) -> Rule:
    return Rule(403, f"Forbidden: {text}", source)


_CONNECTION = {
    "unauthorized": Rule(401, "Unauthorized", "server"),
    "unknown_method": Rule(404, "Not Found", "server"),
    "not_modelled": Rule(501, "Not modelled by the sandbox: {method}", "the sandbox's own"),
    "other_poller": Rule(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot "
        "instance is running",
        "server",
    ),
    "webhook_active": Rule(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook "
        "to delete the webhook first",
        "server",
    ),
    "too_large": Rule(413, "Request Entity Too Large", "server"),
    "too_many": Rule(429, "Too Many Requests: retry after {seconds}", "server"),
    "bad_body": _bad("server", "can't parse {what} JSON object"),
    "webhook_url": _bad("server", "bad webhook: {reason}"),
    "secret_token": _bad("server", "secret token contains unallowed characters"),
}

_PARAMETERS = {
    "required": _bad("server", 'parameter "{name}" is required'),
    "too_long": _bad("guessed", "{name} must be {low}-{high} {unit} long"),
    "chat_id_empty": _bad("server", "chat_id is empty"),
    "message_id_missing": _bad("server", "message identifier is not specified"),
    "user_id_invalid": _bad("server", "invalid user_id specified"),
    "user_not_found": _bad("server", "user not found"),
    "parse_mode": _bad("server", "unsupported parse_mode"),
    "no_file": _bad("server", "there is no {kind} in the request"),
}

_MESSAGES = {
    "text_empty": _bad("server", "message text is empty"),
    "text_blank": _bad("seen", "text must be non-empty"),
    "text_long": _bad("tdlib", "message is too long"),
    "caption_long": _bad("tdlib", "message caption is too long"),
    "entities": _bad("tdlib", "can't parse entities: {reason}"),
    "not_modified": _bad(
        "server",
        "message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message",
    ),
    "edit_missing": _bad("server", "message to edit not found"),
    "edit_foreign": _bad("server", "message can't be edited"),
    "edit_no_text": _bad("server", "there is no text in the message to edit"),
    "edit_no_caption": _bad("server", "there is no caption in the message to edit"),
    "edit_no_media": _bad("guessed", "message can't be edited"),
    "inline_message": _bad("server", "MESSAGE_ID_INVALID"),
    "delete_missing": _bad("server", "message to delete not found"),
    "delete_foreign": _bad("server", "message can't be deleted"),
    "delete_old": _bad("spec", "message can't be deleted for everyone"),
    "delete_many": _bad("spec", "too many messages to delete"),
    "reply_missing": _bad("server", "message to be replied not found"),
    "copy_missing": _bad("server", "message to copy not found"),
    "copy_refused": _bad("server", "the message can't be copied"),
    "forward_missing": _bad("server", "message to forward not found"),
    "forward_refused": _bad("server", "the message can't be forwarded"),
    "pin_missing": _bad("server", "message to pin not found"),
    "unpin_missing": _bad("server", "message to unpin not found"),
    "react_missing": _bad("server", "message to react not found"),
    "reaction_invalid": _bad("api", "REACTION_INVALID"),
    "reactions_many": _bad("api", "REACTIONS_TOO_MANY"),
    "action_wrong": _bad("server", "wrong parameter action in request"),
}

_MARKUP = {
    "markup_json": _bad("server", "can't parse reply keyboard markup JSON object"),
    "markup_object": _bad("server", "object expected as reply markup"),
    "markup_large": _bad("server", "reply markup is too long"),
    "markup_inline": _bad("server", "inline keyboard expected"),
    "markup_rows": _bad("server", 'field "{name}" must be of type Array'),
    "markup_row": _bad("server", "can't parse {name}: Expected an Array of buttons in a row"),
    "button_object": _bad("server", "can't parse {kind} button: expected an Object"),
    "button_text": _bad("server", 'can\'t parse {kind} button: field "text" is required'),
    "button_blank": _bad("server", "can't parse {kind} button: text must be non-empty"),
    "button_no_action": _bad(
        "server",
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    "button_actions": _bad(
        "spec", "can't parse inline keyboard button: exactly one action must be specified"
    ),
    "button_data": _bad("api", "BUTTON_DATA_INVALID"),
    "button_url": _bad("server", "inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"),
    "button_type": _bad("api", "BUTTON_TYPE_INVALID"),
    "button_style": _bad("guessed", "can't parse inline keyboard button: invalid style"),
    "button_copy": _bad("api", "BUTTON_COPY_TEXT_INVALID"),
    "button_pay": _bad("seen", "BUTTON_TYPE_INVALID"),
    "button_count": _bad("api", "REPLY_MARKUP_TOO_LONG"),
    "keyboard_empty": _bad("guessed", 'field "keyboard" must not be empty'),
    "placeholder": _bad("spec", "input field placeholder must be 1-64 characters long"),
}

_CHATS = {
    "chat_missing": _bad("server", "chat not found"),
    "blocked": _forbidden("server", "bot was blocked by the user"),
    "never_started": _forbidden("server", "bot can't initiate conversation with a user"),
    "to_bots": _forbidden("server", "bots can't send messages to bots"),
    "not_member": _forbidden("server", "bot is not a member of the {kind} chat"),
    "kicked": _forbidden("server", "bot was kicked from the {kind} chat"),
    "channel_rights": _bad("server", "need administrator rights in the channel chat"),
    "member_missing": _bad("seen", "PARTICIPANT_ID_INVALID"),
    "rights_pin": _bad("tdlib", "not enough rights to manage pinned messages in the chat"),
    "rights_ban": _bad("tdlib", "not enough rights to restrict/unrestrict chat member"),
    "rights_topic_create": _bad("tdlib", "not enough rights to create a topic"),
    "rights_topic_edit": _bad("tdlib", "not enough rights to edit the topic"),
    "ban_private": _bad("server", "can't ban members in private chats"),
    "ban_owner": _bad("tdlib", "can't remove chat owner"),
    "ban_admin": _bad("api", "USER_ADMIN_INVALID"),
    "ban_self": _bad("tdlib", "can't restrict self"),
    "leave_private": _bad("server", "chat member status can't be changed in private chats"),
    "no_admins": _bad("server", "there are no administrators in the private chat"),
    "not_forum": _bad("tdlib", "the chat is not a forum"),
    "topic_missing": _bad("server", "message thread not found"),
    "topic_invalid": _bad("api", "TOPIC_ID_INVALID"),
    "topic_closed": _bad("api", "TOPIC_CLOSED"),
    "topic_unchanged": _bad("api", "TOPIC_NOT_MODIFIED"),
    "topic_name": _bad("api", "TOPIC_TITLE_EMPTY"),
    "topic_color": _bad("guessed", "invalid icon color specified"),
}

_QUERIES = {
    "query_old": _bad(
        "server",
        "query is too old and response timeout expired or query ID is invalid",
    ),
    "answer_long": _bad("api", "MESSAGE_TOO_LONG"),
    "answer_url": _bad("api", "URL_INVALID"),
    "inline_many": _bad("api", "RESULTS_TOO_MUCH"),
    "inline_id": _bad("api", "RESULT_ID_INVALID"),
    "inline_repeated": _bad("api", "RESULT_ID_DUPLICATE"),
    "inline_type": _bad("api", "RESULT_TYPE_INVALID"),
    "inline_title": _bad("server", 'can\'t parse inline query result: field "{name}" is required'),
    "inline_content": _bad("server", "message content must be specified"),
    "inline_offset": _bad("api", "NEXT_OFFSET_INVALID"),
    "inline_button": _bad("api", "START_PARAM_INVALID"),
}

_MONEY = {
    "currency": _bad("api", "CURRENCY_INVALID"),
    "provider": _bad("api", "PAYMENT_PROVIDER_INVALID"),
    "stars_prices": _bad("guessed", "STARS_INVOICE_INVALID"),
    "stars_amount": _bad("api", "CURRENCY_TOTAL_AMOUNT_INVALID"),
    "prices_json": _bad("server", "can't parse prices JSON object"),
    "invoice_title": _bad("guessed", "INVOICE_TITLE_INVALID"),
    "invoice_description": _bad("guessed", "INVOICE_DESCRIPTION_INVALID"),
    "invoice_payload": _bad("api", "INVOICE_PAYLOAD_INVALID"),
    "invoice_start": _bad("api", "START_PARAM_INVALID"),
    "invoice_period": _bad("api", "SUBSCRIPTION_PERIOD_INVALID"),
    "precheckout_error": _bad("server", "error message must be non-empty"),
    "charge_missing": _bad("api", "CHARGE_ID_INVALID"),
    "charge_refunded": _bad("api", "CHARGE_ALREADY_REFUNDED"),
    "refund_poor": _bad("api", "BALANCE_TOO_LOW"),
}

_FILES = {
    "file_wrong": _bad("server", "wrong file identifier/HTTP URL specified"),
    "file_id": _bad("server", "invalid file_id"),
    "file_url": _bad("server", "failed to get HTTP URL content"),
    "file_kind": _bad("tdlib", "can't use file of type {found} as {wanted}"),
    "file_empty": _bad("tdlib", "file must be non-empty"),
    "file_big_download": _bad("server", "file is too big"),
    "attach_missing": _bad("server", "can't parse InputMedia: Media not found"),
    "photo_invalid": _bad("seen", "IMAGE_PROCESS_FAILED"),
    "photo_dimensions": _bad("seen", "PHOTO_INVALID_DIMENSIONS"),
    "photo_big": _bad("spec", "file is too big for a photo"),
    "album_size": _bad("server", "group send: there must be from 2 to 10 messages in album"),
    "album_mixed": _bad("tdlib", "{kind} can't be mixed with other media types"),
    "album_type": _bad("tdlib", "media type {kind} can't be used in a media group"),
    "media_json": _bad("server", "can't parse media JSON object"),
    "media_type": _bad("server", "can't parse InputMedia: type must be photo, video or document"),
}

_MENU = {
    "commands_many": _bad("api", "BOT_COMMANDS_TOO_MUCH"),
    "command_name": _bad("api", "BOT_COMMAND_INVALID"),
    "command_text": _bad("api", "BOT_COMMAND_DESCRIPTION_INVALID"),
    "scope": _bad("server", "can't parse BotCommandScope: unsupported type specified"),
    "language": _bad("server", "invalid language code specified"),
    "menu_button": _bad("server", "can't parse menu button: unsupported type specified"),
    "location": _bad("server", "bad request: wrong {name} specified"),
}

RULES: dict[str, Rule] = {
    **_CONNECTION,
    **_PARAMETERS,
    **_MESSAGES,
    **_MARKUP,
    **_CHATS,
    **_QUERIES,
    **_MONEY,
    **_FILES,
    **_MENU,
}
