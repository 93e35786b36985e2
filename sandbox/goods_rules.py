"""Rows of the rules about invoices, Stars, files and the bot's menu: (source, wording).

rules.py gives them their code and joins them to the table; sources are named as there.
"""

_MONEY = {
    "provider": ("issue: rubenlagus/TelegramBots#1445", "PAYMENT_PROVIDER_INVALID"),
    "stars_prices": ("api: payments.exportInvoice", "STARS_INVOICE_INVALID"),
    "stars_amount": (
        "tdlib: InputInvoice.cpp: process_input_message_invoice",
        "total price must be positive",
    ),
    "price": ("server: Client.cpp: get_labeled_price_part", "can't parse labeled price: {reason}"),
    "prices_array": (
        "server: Client.cpp: get_labeled_price_parts",
        "expected an Array of labeled prices",
    ),
    "prices_none": (
        "server: Client.cpp: get_labeled_price_parts",
        "there must be at least one price",
    ),
    "subscription_amount": ("guessed", "CURRENCY_TOTAL_AMOUNT_INVALID"),
    "prices_json": (
        "server: Client.cpp: get_input_message_invoice",
        "can't parse prices JSON object",
    ),
    "invoice_title": ("guessed", "INVOICE_TITLE_INVALID"),
    "invoice_description": ("guessed", "INVOICE_DESCRIPTION_INVALID"),
    "invoice_payload": ("api: payments.exportInvoice", "INVOICE_PAYLOAD_INVALID"),
    "invoice_start": ("guessed", "START_PARAM_INVALID"),
    "invoice_period": ("issue: tdlib/td#3309", "SUBSCRIPTION_PERIOD_INVALID"),
    "charge_missing": ("guessed", "CHARGE_ID_INVALID"),
    "charge_refunded": ("issue: tdlib/telegram-bot-api#690", "CHARGE_ALREADY_REFUNDED"),
    "refund_poor": ("guessed", "BALANCE_TOO_LOW"),
}

_FILES = {
    "file_wrong": ("tdlib: FileManager.cpp", "wrong file identifier/HTTP URL specified"),
    "file_id": ("server: Client.cpp: TdOnCheckRemoteFileIdCallback", "invalid file_id"),
    "file_url": ("server: Client.cpp: fail_query_with_error", "failed to get HTTP URL content"),
    "file_kind": ("tdlib: FileManager.cpp", "can't use file of type {found} as {wanted}"),
    "file_empty": ("tdlib: FileManager.cpp", "file must be non-empty"),
    "file_big_download": ("server: Client.cpp: do_get_file", "file is too big"),
    "attach_missing": (
        "server: Client.cpp: get_input_media",
        "can't parse InputMedia: Media not found",
    ),
    "photo_invalid": ("issue: pengrad/java-telegram-bot-api#337", "IMAGE_PROCESS_FAILED"),
    "photo_dimensions": (
        "issue: go-telegram-bot-api/telegram-bot-api#600",
        "PHOTO_INVALID_DIMENSIONS",
    ),
    "photo_big": (
        "tdlib: FileManager.cpp: check_full_local_location",
        "file of size {size} bytes is too big for a photo; the maximum size is {high} bytes",
    ),
    "album_size": (
        "spec: sendMediaGroup.media",
        "group send: there must be from 2 to 10 messages in album",
    ),
    "album_mixed": ("tdlib: MessageContent.cpp", "{kind} can't be mixed with other media types"),
    "album_type": (
        "server: Client.cpp: get_input_media",
        "can't parse InputMedia: type \"{kind}\" can't be used in sendMediaGroup",
    ),
    "media_json": (
        "server: Client.cpp: get_input_message_contents",
        "can't parse media JSON object",
    ),
    "media_type": (
        "server: Client.cpp: get_input_media",
        'can\'t parse InputMedia: type "{kind}" is unsupported',
    ),
}

_MENU = {
    "commands_many": ("issue: openclaw/openclaw#15309", "BOT_COMMANDS_TOO_MUCH"),
    "command_name": ("issue: tdlib/telegram-bot-api#98", "BOT_COMMAND_INVALID"),
    "command_text": ("api: bots.setBotCommands", "BOT_COMMAND_DESCRIPTION_INVALID"),
    "scope": (
        "server: Client.cpp: get_bot_command_scope",
        "can't parse BotCommandScope: unsupported type specified",
    ),
    "language": ("tdlib: BotInfoManager.cpp", "invalid language code specified"),
    "menu_button": (
        "server: Client.cpp: get_bot_menu_button",
        "can't parse menu button: unsupported type specified",
    ),
}

ROWS: dict[str, tuple[str, str]] = {**_MONEY, **_FILES, **_MENU}
