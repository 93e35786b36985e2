"""The questions of the probe: correct and wrong calls in one private chat, with the answer awaited.

What is expected of a wrong call is a rule of the sandbox's table, so that both cannot drift apart.
`{chat}` and what earlier calls have `kept` stand for values known only when the probe runs.
"""

from dataclasses import dataclass, field
from typing import Any

from sandbox.rules import refuse


@dataclass(frozen=True, slots=True)
class Question:
    """`rule` is the refusal awaited, none for a right call; `kept` names the message it makes."""

    name: str
    method: str
    params: dict[str, Any]
    rule: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    kept: str = ""
    uploads: dict[str, bytes] = field(default_factory=dict)

    @property
    def expected(self) -> str:
        if not self.rule:
            return "200"
        refusal = refuse(self.rule, **self.values)
        return f"{refusal.code} {refusal.description}"


def right(name: str, method: str, /, kept: str = "", **params: Any) -> Question:
    return Question(name, method, params, kept=kept)


def wrong(name: str, method: str, rule: str, /, **params: Any) -> Question:
    values = params.pop("values", {})
    return Question(name, method, params, rule, values)


def upload(name: str, method: str, kept: str, /, **files: bytes) -> Question:
    return Question(name, method, CHAT, kept=kept, uploads=files)


def bad_upload(name: str, method: str, rule: str, /, **files: bytes) -> Question:
    return Question(name, method, CHAT, rule, uploads=files)


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def marked(text: str, mode: str) -> dict[str, Any]:
    return {**CHAT, "text": text, "parse_mode": mode}


CHAT: dict[str, Any] = {"chat_id": "{chat}", "disable_notification": True}
TEXT: dict[str, Any] = {**CHAT, "text": "probe"}
MISSING = 2_000_000_000
TAP = {"text": "x", "callback_data": "a"}
PAY = {"text": "Pay", "pay": True}
PRICE = [{"label": "x", "amount": 1}]
INVOICE: dict[str, Any] = {
    "title": "Probe",
    "description": "Nothing is sold",
    "payload": "probe",
    "provider_token": "",
    "currency": "XTR",
    "prices": PRICE,
}
ENTITIES = "entities"

TEXTS = (
    right("plain text", "sendMessage", "text", **TEXT),
    right("HTML", "sendMessage", **marked("<b>a</b> <i>b</i> <code>c</code>", "HTML")),
    right("MarkdownV2", "sendMessage", **marked("*a* _b_ `c` 1\\.", "MarkdownV2")),
    right("4096 units after parsing", "sendMessage", **marked("<b>" + "x" * 4096 + "</b>", "HTML")),
    wrong("no text", "sendMessage", "text_empty", **CHAT),
    wrong("blank text", "sendMessage", "text_blank", **CHAT, text=" \n"),
    wrong("4097 letters", "sendMessage", "text_long", **CHAT, text="x" * 4097),
    wrong("2049 emoji", "sendMessage", "text_long", **CHAT, text="😀" * 2049),
    wrong("40,000 letters", "sendMessage", "text_huge", **marked("x" * 40_000, "HTML")),
    wrong("unknown parse_mode", "sendMessage", "parse_mode", **marked("x", "XML")),
    wrong("no chat", "sendMessage", "chat_id_empty", text="x"),
    wrong("unknown chat", "sendMessage", "chat_missing", chat_id=99, text="x"),
    wrong("unknown name", "sendMessage", "chat_missing", chat_id="@no_such_name_here_", text="x"),
)


def broken(name: str, text: str, mode: str, reason: str) -> Question:
    return wrong(name, "sendMessage", ENTITIES, **marked(text, mode), values={"reason": reason})


RESERVED = "is reserved and must be escaped with the preceding '\\'"
MARKUP = (
    broken("unclosed b", "<b>x", "HTML", 'Can\'t find end tag corresponding to start tag "b"'),
    broken("p", "অ<p>x</p>", "HTML", 'Unsupported start tag "p" at byte offset 3'),
    broken("end alone", "x</b>", "HTML", "Unexpected end tag at byte offset 1"),
    broken(
        "wrong end",
        "<b>x</i>",
        "HTML",
        'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
    ),
    broken("bare point", "1.", "MarkdownV2", f"Character '.' {RESERVED}"),
    broken("unclosed *", "অ *y", "MarkdownV2", "Can't find end of Bold entity at byte offset 4"),
    broken("open link", "[x](y", "MarkdownV2", "Can't find end of a URL at byte offset 4"),
)


def pressed(title: str, rule: str, button: dict[str, Any], /, **values: Any) -> Question:
    markup = keyboard(button)
    return wrong(title, "sendMessage", rule, **TEXT, reply_markup=markup, values=values)


KEYBOARDS = (
    right(
        "64 bytes of data",
        "sendMessage",
        "keyboard",
        **TEXT,
        reply_markup=keyboard({"text": "x", "callback_data": "d" * 64}),
    ),
    right("a reply keyboard", "sendMessage", **TEXT, reply_markup={"keyboard": [["a"], ["b"]]}),
    right("its removal", "sendMessage", **TEXT, reply_markup={"remove_keyboard": True}),
    pressed("65 bytes of data", "button_data", {"text": "x", "callback_data": "d" * 65}),
    pressed("66 bytes in Bengali", "button_data", {"text": "x", "callback_data": "অ" * 22}),
    pressed("no action", "button_no_action", {"text": "x"}),
    pressed(
        "a button without text",
        "button_text",
        {"callback_data": "a"},
        kind="inline keyboard",
        name="text",
    ),
    pressed("pay without invoice", "button_pay", PAY),
    pressed("257 letters to copy", "button_copy", {"text": "x", "copy_text": {"text": "y" * 257}}),
    wrong("broken JSON", "sendMessage", "markup_json", **TEXT, reply_markup="{"),
    wrong("a list as markup", "sendMessage", "markup_object", **TEXT, reply_markup=[1]),
)
OWN = {"chat_id": "{chat}", "message_id": "{text}"}
LOST = {"chat_id": "{chat}", "message_id": MISSING}
FROM = {**LOST, "from_chat_id": "{chat}"}
MESSAGES = (
    right("edit", "editMessageText", **OWN, text="probe, edited"),
    wrong("the same again", "editMessageText", "not_modified", **OWN, text="probe, edited"),
    wrong("edit the unknown", "editMessageText", "edit_missing", **LOST, text="x"),
    wrong("caption of a text", "editMessageCaption", "edit_no_caption", **OWN, caption="x"),
    wrong("delete the unknown", "deleteMessage", "delete_missing", **LOST),
    wrong("delete no message", "deleteMessage", "message_id_missing", chat_id="{chat}"),
    wrong("copy the unknown", "copyMessage", "copy_missing", **FROM),
    wrong("forward the unknown", "forwardMessage", "forward_missing", **FROM),
    wrong("pin the unknown", "pinChatMessage", "pin_missing", **LOST),
    wrong("react to the unknown", "setMessageReaction", "react_missing", **LOST),
    right("reply", "sendMessage", **TEXT, reply_parameters={"message_id": "{text}"}),
    wrong(
        "reply to the unknown",
        "sendMessage",
        "reply_missing",
        **TEXT,
        reply_parameters={"message_id": MISSING},
    ),
    wrong("unknown topic", "sendMessage", "topic_missing", **TEXT, message_thread_id=MISSING),
    right("copy", "copyMessage", chat_id="{chat}", from_chat_id="{chat}", message_id="{text}"),
    right(
        "forward", "forwardMessage", chat_id="{chat}", from_chat_id="{chat}", message_id="{text}"
    ),
    right("reaction", "setMessageReaction", **OWN, reaction=[{"type": "emoji", "emoji": "👍"}]),
    right("typing", "sendChatAction", chat_id="{chat}", action="typing"),
    wrong("dancing", "sendChatAction", "action_wrong", chat_id="{chat}", action="dancing"),
)
QUERIES = (
    wrong("unknown tap", "answerCallbackQuery", "query_old", callback_query_id="1"),
    wrong("unknown question", "answerInlineQuery", "query_old", inline_query_id="1", results=[]),
    wrong(
        "unknown checkout",
        "answerPreCheckoutQuery",
        "query_old",
        pre_checkout_query_id="1",
        ok=True,
    ),
)
MONEY = (
    right("a Stars invoice", "sendInvoice", "invoice", **CHAT, **INVOICE),
    right("a Stars link", "createInvoiceLink", **INVOICE),
    wrong("two prices", "sendInvoice", "stars_prices", **CHAT, **INVOICE | {"prices": PRICE * 2}),
    wrong("no price", "sendInvoice", "prices_none", **CHAT, **INVOICE | {"prices": []}),
    wrong(
        "price of 0",
        "sendInvoice",
        "stars_amount",
        **CHAT,
        **INVOICE | {"prices": [{"label": "x", "amount": 0}]},
    ),
    wrong("no provider", "sendInvoice", "provider", **CHAT, **INVOICE | {"currency": "USD"}),
    wrong("title of 33", "sendInvoice", "invoice_title", **CHAT, **INVOICE | {"title": "x" * 33}),
    wrong(
        "payload of 129",
        "sendInvoice",
        "invoice_payload",
        **CHAT,
        **INVOICE | {"payload": "x" * 129},
    ),
    wrong(
        "another button first",
        "sendInvoice",
        "button_pay_first",
        **CHAT,
        **INVOICE,
        reply_markup=keyboard(TAP),
    ),
    wrong(
        "unknown charge",
        "refundStarPayment",
        "charge_missing",
        user_id="{chat}",
        telegram_payment_charge_id="x",
    ),
    right("balance", "getMyStarBalance"),
    right("transactions", "getStarTransactions", limit=1),
)
FILES = (
    upload("a document", "sendDocument", "document", document=b"probe"),
    right("its file again", "sendDocument", **CHAT, document="{document_id}"),
    right("where it is", "getFile", file_id="{document_id}"),
    wrong("unknown file", "getFile", "file_id", file_id="nothing"),
    wrong("unknown photo", "sendPhoto", "file_wrong", **CHAT, photo="nothing"),
    wrong(
        "a document as photo",
        "sendPhoto",
        "file_kind",
        **CHAT,
        photo="{document_id}",
        values={"found": "Document", "wanted": "Photo"},
    ),
    wrong("no photo", "sendPhoto", "no_file", **CHAT, values={"kind": "photo"}),
    bad_upload("an empty file", "sendDocument", "file_empty", document=b""),
    bad_upload("no picture", "sendPhoto", "photo_invalid", photo=b"this is no picture"),
    wrong(
        "caption of 1025",
        "sendDocument",
        "caption_long",
        **CHAT,
        document="{document_id}",
        caption="x" * 1025,
    ),
)
REST = (
    wrong("no such method", "sendNothing", "unknown_method"),
    right("the chat", "getChat", chat_id="{chat}"),
    right("its member", "getChatMember", chat_id="{chat}", user_id="{chat}"),
    wrong("no user", "getChatMember", "user_id_invalid", chat_id="{chat}"),
    wrong("administrators of two", "getChatAdministrators", "no_admins", chat_id="{chat}"),
    wrong("ban in private", "banChatMember", "ban_private", chat_id="{chat}", user_id="{chat}"),
    wrong("topic in private", "createForumTopic", "not_forum", chat_id="{chat}", name="x"),
    wrong(
        "command in capitals",
        "setMyCommands",
        "command_name",
        commands=[{"command": "A!", "description": "x"}],
        scope={"type": "chat", "chat_id": "{chat}"},
    ),
    wrong("unknown scope", "getMyCommands", "scope", scope={"type": "nowhere"}),
    right(
        "a poll", "sendPoll", "poll", **CHAT, question="?", options=[{"text": "a"}, {"text": "b"}]
    ),
    right("its end", "stopPoll", chat_id="{chat}", message_id="{poll}"),
    wrong(
        "question of 301",
        "sendPoll",
        "poll_question",
        **CHAT,
        question="x" * 301,
        options=["a", "b"],
        values={"high": 300},
    ),
)
QUESTIONS: tuple[Question, ...] = (
    *(*TEXTS, *MARKUP, *KEYBOARDS, *MESSAGES),
    *(*QUERIES, *MONEY, *FILES, *REST),
)
