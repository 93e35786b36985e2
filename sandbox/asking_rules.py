"""Rows of the rules about keyboards, and about answers to queries: (source, wording).

rules.py gives them their code and joins them to the table; sources are named as there.
"""

_MARKUP = {
    "markup_json": (
        "server: Client.cpp: get_reply_markup",
        "can't parse reply keyboard markup JSON object",
    ),
    "markup_object": ("server: Client.cpp: get_reply_markup", "object expected as reply markup"),
    "markup_large": ("server: Client.cpp: fail_query_with_error", "reply markup is too long"),
    "markup_inline": ("tdlib: ReplyMarkup.cpp: get_reply_markup", "inline keyboard expected"),
    "markup_rows": ("server: Client.cpp: get_reply_markup", 'field "{name}" must be of type Array'),
    "markup_row": ("server: Client.cpp: get_reply_markup", "{field} must be an Array of Arrays"),
    "button_object": (
        "server: Client.cpp: get_inline_keyboard_button",
        "can't parse {kind} button: {reason}",
    ),
    "button_text": (
        "server: Client.cpp: get_inline_keyboard_button",
        "can't parse {kind} button: Can't find field \"{name}\"",
    ),
    "button_blank": (
        "tdlib: ReplyMarkup.cpp: get_inline_keyboard_button",
        "{kind} button text must be non-empty",
    ),
    "button_no_action": (
        "server: Client.cpp: get_inline_keyboard_button",
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    "button_actions": (
        "spec: InlineKeyboardButton",
        "can't parse inline keyboard button: exactly one action must be specified",
    ),
    "button_data": ("api: messages.sendMessage", "BUTTON_DATA_INVALID"),
    "button_url": (
        "tdlib: ReplyMarkup.cpp: get_inline_keyboard_button",
        "inline keyboard button URL '{url}' is invalid: Wrong HTTP URL",
    ),
    "button_type": ("api: messages.sendMessage", "BUTTON_TYPE_INVALID"),
    "button_style": ("guessed", "can't parse inline keyboard button: invalid style"),
    "button_copy": ("api: messages.sendMessage", "BUTTON_COPY_TEXT_INVALID"),
    "button_pay": ("issue: TelegramBot/Api#337", "BUTTON_TYPE_INVALID"),
    "button_pay_first": (
        "issue: python-telegram-bot/python-telegram-bot#3736",
        "REPLY_MARKUP_BUY_EMPTY",
    ),
    "button_position": ("api: messages.sendMedia", "BUTTON_POS_INVALID"),
    "button_count": ("server: Client.cpp: fail_query_with_error", "reply markup is too long"),
    "placeholder": (
        "spec: ReplyKeyboardMarkup.input_field_placeholder",
        "input field placeholder must be 1-64 characters long",
    ),
}

_QUERIES = {
    "query_old": (
        "server: Client.cpp: fail_query_with_error",
        "query is too old and response timeout expired or query ID is invalid",
    ),
    "answer_long": ("api: messages.setBotCallbackAnswer", "MESSAGE_TOO_LONG"),
    "answer_url": ("api: messages.setBotCallbackAnswer", "URL_INVALID"),
    "inline_many": (
        "server: Client.cpp: get_inline_query_results",
        "too many inline query results specified",
    ),
    "inline_id": ("api: messages.setInlineBotResults", "RESULT_ID_INVALID"),
    "inline_repeated": ("api: messages.setInlineBotResults", "RESULT_ID_DUPLICATE"),
    "inline_type": (
        "server: Client.cpp: get_inline_query_result",
        (
            'can\'t parse inline query result: type "{kind}" is unsupported for the inline '
            "query result"
        ),
    ),
    "inline_title": (
        "server: Client.cpp: get_inline_query_result",
        "can't parse inline query result: Can't find field \"{name}\"",
    ),
    "inline_content": (
        "server: Client.cpp: get_input_message_content",
        "can't parse inline query result: Input message content is not specified",
    ),
    "inline_offset": ("api: messages.setInlineBotResults", "NEXT_OFFSET_INVALID"),
}

ROWS: dict[str, tuple[str, str]] = {**_MARKUP, **_QUERIES}
