"""Rows of the rules about polls, reactions, keyboards, inline mode and albums: (source, wording).

rules.py gives them their code and joins them to the table; sources are named as there.
"""

_POLLS = {
    "poll_question": (
        "tdlib: MessageContent.cpp",
        "poll question length must not exceed {high}",
    ),
    "poll_options": (
        "server: Client.cpp: get_input_poll_options",
        "can't parse options JSON object",
    ),
    "poll_option": (
        "server: Client.cpp: get_input_poll_options",
        "can't parse InputPollOption: {reason}",
    ),
    "poll_few": (
        "tdlib: MessageContent.cpp",
        "poll must have at least one answer option",
    ),
    "poll_many": (
        "tdlib: MessageContent.cpp",
        "poll can't have more than {high} options",
    ),
    "poll_option_long": (
        "tdlib: MessageContent.cpp",
        "poll options length must not exceed {high}",
    ),
    "poll_repeated": ("api: messages.sendMedia", "POLL_OPTION_DUPLICATE"),
    "poll_type": ("server: Client.cpp: process_send_poll_query", "unsupported poll type specified"),
    "poll_correct": (
        "tdlib: MessageContent.cpp",
        "wrong correct option ID specified",
    ),
    "poll_public": (
        "tdlib: MessageContent.cpp",
        "non-anonymous polls can't be sent to channel chats",
    ),
    "stop_missing": (
        "server: Client.cpp: process_stop_poll_query",
        "message with poll to stop not found",
    ),
    "stop_no_poll": ("tdlib: MessagesManager.cpp", "message is not a poll"),
    "stop_foreign": ("tdlib: MessagesManager.cpp", "poll can't be stopped"),
    "stop_closed": ("tdlib: MessagesManager.cpp", "poll has already been closed"),
}

_MESSAGES = {
    "reaction_json": (
        "server: Client.cpp: get_reaction_types",
        "can't parse reaction types JSON object",
    ),
    "reaction_array": (
        "server: Client.cpp: get_reaction_types",
        "expected an Array of ReactionType",
    ),
    "reaction_type": (
        "server: Client.cpp: get_reaction_types",
        "can't parse ReactionType: {reason}",
    ),
    "messages_missing": (
        "server: Client.cpp: process_copy_messages_query",
        "message identifiers are not specified",
    ),
    "messages_many": (
        "server: Client.cpp: get_message_ids",
        "too many message identifiers specified",
    ),
    "messages_order": (
        "tdlib: MessagesManager.cpp",
        "message identifiers must be in a strictly increasing order",
    ),
    "album_empty": (
        "tdlib: MessagesManager.cpp",
        "there are no messages to send",
    ),
    "album_large": (
        "tdlib: MessagesManager.cpp",
        "too many messages to send as an album",
    ),
    "album_captions": (
        "tdlib: MessageContent.cpp",
        "parameter show_caption_above_media must be the same for all messages",
    ),
    "location_range": (
        "tdlib: Location.cpp",
        "wrong location specified",
    ),
    "live_period": (
        "tdlib: Location.cpp",
        "wrong live location period specified",
    ),
    "dice": ("api: messages.sendMedia", "EMOTICON_INVALID"),
}

_KEYBOARDS = {
    "markup_flag": (
        "server: Client.cpp: get_reply_markup",
        'field "{name}" must be of type Boolean',
    ),
    "request_place": (
        "tdlib: ReplyMarkup.cpp: get_keyboard_button",
        "{what} can be requested in private chats only",
    ),
    "request_flag": (
        "server: Client.cpp: get_keyboard_button",
        'can\'t parse keyboard button: Field "{name}" must be of type Boolean',
    ),
    "request_quantity": (
        "live: atahanyorganci/effect-telegram-api: test/sendMessage.test.ts",
        "BUTTON_QUANTITY_MAX_INVALID",
    ),
    "web_app_place": (
        "tdlib: ReplyMarkup.cpp: get_keyboard_button",
        "web App buttons can be used in private chats only",
    ),
    "web_app_url": (
        "tdlib: LinkManager.cpp",
        "{kind} button Web App URL '{url}' is invalid: Only HTTPS links are allowed",
    ),
    "chat_types": (
        "tdlib: TargetDialogTypes.cpp: get_target_dialog_types",
        "at least one chat type must be allowed",
    ),
    "switch_flag": (
        "server: Client.cpp: get_inline_keyboard_button",
        'can\'t parse inline keyboard button: Field "{name}" must be of type Boolean',
    ),
    "switch_channel": (
        "tdlib: ReplyMarkup.cpp: get_inline_keyboard_button",
        (
            "can't use {name} button in a channel chat, because users will not be able to use "
            "the button without knowing bot's username"
        ),
    ),
}

_INLINE = {
    "inline_id_empty": ("api: messages.setInlineBotResults", "RESULT_ID_EMPTY"),
    "inline_upload": (
        "tdlib: InlineQueriesManager.cpp",
        "invalid message content specified",
    ),
    "inline_button": (
        "server: Client.cpp: get_inline_query_results_button",
        "can't parse inline query results button: {reason}",
    ),
    "inline_start_empty": (
        "tdlib: InlineQueriesManager.cpp",
        "can't use empty start_parameter",
    ),
    "inline_start_long": (
        "tdlib: InlineQueriesManager.cpp",
        "too long start_parameter specified",
    ),
    "inline_start": (
        "tdlib: InlineQueriesManager.cpp",
        "unallowed characters in start_parameter are used",
    ),
}

ROWS: dict[str, tuple[str, str]] = {**_POLLS, **_MESSAGES, **_KEYBOARDS, **_INLINE}
