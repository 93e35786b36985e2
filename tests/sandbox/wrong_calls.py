"""One wrong call per rule: the rule's name, the method, and what is wrong about the parameters.

A new rule needs a row here, or a reason in `ELSEWHERE` that says which test provokes it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.sandbox.images import png
from tests.sandbox.scene import INVOICE, Params, Scene


@dataclass(frozen=True)
class Wrong:
    method: str
    params: Callable[[Scene], Params]
    uploads: dict[str, bytes] = field(default_factory=dict)


def said(**more: object) -> Callable[[Scene], Params]:
    """A message to Ann, with this about it."""
    return lambda s: {"chat_id": s.ann, "text": "x"} | more


def keyboard(*buttons: Params, chat: str = "ann") -> Callable[[Scene], Params]:
    """A message with one row of inline buttons."""
    markup = {"inline_keyboard": [list(buttons)]}
    return lambda s: {"chat_id": s.ids[chat], "text": "x", "reply_markup": markup}


def keys(*buttons: object, chat: str = "ann", **more: object) -> Callable[[Scene], Params]:
    """A message with one row of a reply keyboard."""
    markup = {"keyboard": [list(buttons)], **more}
    return lambda s: {"chat_id": s.ids[chat], "text": "x", "reply_markup": markup}


def at(chat: str, **more: object) -> Callable[[Scene], Params]:
    """A call about a chat; names in angle brackets stand for what the scene has."""
    return lambda s: {"chat_id": s.ids[chat]} | {key: _known(s, one) for key, one in more.items()}


def _known(scene: Scene, value: object) -> object:
    return scene.ids[value[1:-1]] if isinstance(value, str) and value[:1] == "<" else value


def invoice(**more: object) -> Callable[[Scene], Params]:
    return lambda s: {"chat_id": s.ann, **INVOICE} | more


def poll(**more: object) -> Callable[[Scene], Params]:
    return lambda s: {"chat_id": s.ann, "question": "?", "options": ["a", "b"]} | more


def offered(*results: object, **more: object) -> Callable[[Scene], Params]:
    """An answer to the inline query that is open."""
    return lambda s: {"inline_query_id": s.query, "results": list(results), **more}


def album(*items: object) -> Callable[[Scene], Params]:
    return lambda s: {"chat_id": s.ann, "media": [_item(s, one) for one in items]}


def _item(scene: Scene, item: object) -> object:
    if isinstance(item, dict) and "media" in item:
        return item | {"media": _known(scene, item["media"])}
    return item


def plainly(**params: object) -> Callable[[Scene], Params]:
    return lambda _: params


ARTICLE: Params = {
    "type": "article",
    "id": "1",
    "title": "x",
    "input_message_content": {"message_text": "x"},
}
DOCUMENT: Params = {"type": "document", "media": "<document_id>"}
PHOTO: Params = {"type": "photo", "media": "<photo_id>"}
PAY: Params = {"text": "Pay", "pay": True}
TAP: Params = {"text": "x", "callback_data": "a"}

CONNECTION = {
    "unknown_method": Wrong("sendNothing", plainly()),
    "not_modelled": Wrong("getGameHighScores", plainly(user_id=1)),
    "webhook_url": Wrong("setWebhook", plainly(url="ftp://a.org")),
    "secret_long": Wrong("setWebhook", plainly(url="https://a.org", secret_token="a" * 257)),
    "secret_token": Wrong("setWebhook", plainly(url="https://a.org", secret_token="a b")),
    "bad_body": Wrong("sendMessage", said(link_preview_options="{")),
    "required": Wrong("sendContact", at("ann", phone_number="1")),
    "too_long": Wrong("setMyName", plainly(name="x" * 65)),
    "chat_id_empty": Wrong("sendMessage", plainly(text="x")),
    "message_id_missing": Wrong("deleteMessage", at("ann")),
    "file_id_empty": Wrong("getFile", plainly()),
    "place_empty": Wrong("sendLocation", at("ann", latitude=1)),
    "user_id_invalid": Wrong("getChatMember", at("plain", user_id=-5)),
    "user_not_found": Wrong("banChatMember", at("forum", user_id=123)),
    "parse_mode": Wrong("sendMessage", said(parse_mode="XML")),
    "no_file": Wrong("sendPhoto", at("ann")),
}

MESSAGES = {
    "text_empty": Wrong("sendMessage", at("ann")),
    "text_blank": Wrong("sendMessage", said(text=" \n")),
    "text_long": Wrong("sendMessage", said(text="x" * 4097)),
    "text_huge": Wrong("sendMessage", said(text="<b>" + "x" * 32_768, parse_mode="HTML")),
    "caption_long": Wrong("sendPhoto", at("ann", photo="<photo_id>", caption="x" * 1025)),
    "entity_json": Wrong("sendMessage", said(entities=[{"type": "bold"}])),
    "entity_number": Wrong(
        "sendMessage", said(entities=[{"type": "bold", "offset": -1, "length": 1}])
    ),
    "entity_place": Wrong(
        "sendMessage", said(entities=[{"type": "bold", "offset": 0, "length": 99}])
    ),
    "entities": Wrong("sendMessage", said(text="<p>", parse_mode="HTML")),
    "not_modified": Wrong("editMessageText", at("ann", message_id="<text>", text="text")),
    "edit_missing": Wrong("editMessageText", at("ann", message_id=999, text="x")),
    "edit_foreign": Wrong("editMessageText", at("ann", message_id="<said>", text="x")),
    "edit_no_text": Wrong("editMessageText", at("ann", message_id="<photo>", text="x")),
    "edit_no_caption": Wrong("editMessageCaption", at("ann", message_id="<text>", caption="x")),
    "edit_no_media": Wrong(
        "editMessageMedia",
        lambda s: {**at("ann", message_id="<poll>")(s), "media": _item(s, PHOTO)},
    ),
    "inline_message": Wrong("editMessageText", plainly(inline_message_id="none", text="x")),
    "delete_missing": Wrong("deleteMessage", at("ann", message_id=999)),
    "delete_foreign": Wrong("deleteMessage", at("plain", message_id="<service>")),
    "reply_missing": Wrong("sendMessage", said(reply_parameters={"message_id": 999})),
    "copy_missing": Wrong("copyMessage", at("ann", from_chat_id="<ann>", message_id=999)),
    "copy_refused": Wrong("copyMessage", at("ann", from_chat_id="<ann>", message_id="<invoice>")),
    "forward_missing": Wrong("forwardMessage", at("ann", from_chat_id="<ann>", message_id=999)),
    "forward_refused": Wrong(
        "forwardMessage", at("ann", from_chat_id="<ann>", message_id="<guarded>")
    ),
    "pin_missing": Wrong("pinChatMessage", at("ann", message_id=999)),
    "pin_service": Wrong("pinChatMessage", at("forum", message_id="<forum_topic>")),
    "unpin_missing": Wrong("unpinChatMessage", at("ann", message_id=999)),
    "react_missing": Wrong("setMessageReaction", at("ann", message_id=999)),
    "reaction_invalid": Wrong(
        "setMessageReaction",
        at("ann", message_id="<text>", reaction=[{"type": "emoji", "emoji": "x"}]),
    ),
    "reactions_many": Wrong(
        "setMessageReaction",
        at("ann", message_id="<text>", reaction=[{"type": "emoji", "emoji": "👍"}] * 2),
    ),
    "reaction_json": Wrong("setMessageReaction", at("ann", message_id="<text>", reaction="[")),
    "reaction_array": Wrong(
        "setMessageReaction", at("ann", message_id="<text>", reaction={"type": "emoji"})
    ),
    "reaction_type": Wrong(
        "setMessageReaction", at("ann", message_id="<text>", reaction=[{"type": "paid"}])
    ),
    "action_wrong": Wrong("sendChatAction", at("ann", action="dancing")),
    "messages_missing": Wrong("deleteMessages", at("ann")),
    "messages_many": Wrong("deleteMessages", at("ann", message_ids=list(range(1, 102)))),
    "messages_order": Wrong("copyMessages", at("ann", from_chat_id="<ann>", message_ids=[2, 1])),
    "location_range": Wrong("sendLocation", at("ann", latitude=91, longitude=0)),
    "live_period": Wrong("sendLocation", at("ann", latitude=1, longitude=1, live_period=5)),
    "dice": Wrong("sendDice", at("ann", emoji="x")),
}

KEYBOARDS = {
    "markup_json": Wrong("sendMessage", said(reply_markup="{")),
    "markup_object": Wrong("sendMessage", said(reply_markup=[1])),
    "markup_large": Wrong("sendMessage", said(reply_markup=json.dumps({"x": "y" * 33_000}))),
    "markup_inline": Wrong(
        "editMessageText",
        at("ann", message_id="<text>", text="y", reply_markup={"keyboard": [["x"]]}),
    ),
    "markup_rows": Wrong("sendMessage", said(reply_markup={"inline_keyboard": "x"})),
    "markup_row": Wrong("sendMessage", said(reply_markup={"inline_keyboard": ["x"]})),
    "markup_flag": Wrong("sendMessage", keys("x", selective="yes")),
    "placeholder": Wrong("sendMessage", keys("x", input_field_placeholder="x" * 65)),
    "button_object": Wrong("sendMessage", said(reply_markup={"inline_keyboard": [["x"]]})),
    "button_text": Wrong("sendMessage", keyboard({"callback_data": "a"})),
    "button_blank": Wrong("sendMessage", keyboard({"text": " ", "callback_data": "a"})),
    "button_no_action": Wrong("sendMessage", keyboard({"text": "x"})),
    "button_actions": Wrong("sendMessage", keyboard(TAP | {"url": "https://a.org"})),
    "button_data": Wrong("sendMessage", keyboard({"text": "x", "callback_data": "d" * 65})),
    "button_url": Wrong("sendMessage", keyboard({"text": "x", "url": "no link"})),
    "button_type": Wrong(
        "sendMessage", keyboard({"text": "x", "web_app": {"url": "https://a.org"}}, chat="plain")
    ),
    "button_style": Wrong("sendMessage", keyboard(TAP | {"style": "pink"})),
    "button_copy": Wrong("sendMessage", keyboard({"text": "x", "copy_text": {"text": "y" * 257}})),
    "button_pay": Wrong("sendMessage", keyboard(PAY)),
    "button_pay_first": Wrong("sendInvoice", invoice(reply_markup={"inline_keyboard": [[TAP]]})),
    "button_position": Wrong(
        "sendInvoice", invoice(reply_markup={"inline_keyboard": [[PAY, PAY]]})
    ),
    "button_count": Wrong("sendMessage", keyboard(*[TAP] * 101)),
    "request_place": Wrong(
        "sendMessage", keys({"text": "x", "request_contact": True}, chat="plain")
    ),
    "request_flag": Wrong(
        "sendMessage", keys({"text": "x", "request_users": {"request_id": 1, "user_is_bot": "no"}})
    ),
    "request_quantity": Wrong(
        "sendMessage", keys({"text": "x", "request_users": {"request_id": 1, "max_quantity": 11}})
    ),
    "web_app_place": Wrong(
        "sendMessage", keys({"text": "x", "web_app": {"url": "https://a.org"}}, chat="plain")
    ),
    "web_app_url": Wrong("sendMessage", keys({"text": "x", "web_app": {"url": "http://a.org"}})),
    "chat_types": Wrong(
        "sendMessage", keyboard({"text": "x", "switch_inline_query_chosen_chat": {"query": ""}})
    ),
    "switch_flag": Wrong(
        "sendMessage",
        keyboard({"text": "x", "switch_inline_query_chosen_chat": {"allow_user_chats": 1}}),
    ),
    "switch_channel": Wrong(
        "sendMessage", keyboard({"text": "x", "switch_inline_query": "a"}, chat="channel")
    ),
}

CHATS = {
    "chat_missing": Wrong("sendMessage", plainly(chat_id=12345, text="x")),
    "deactivated": Wrong("sendMessage", at("gone", text="x")),
    "blocked": Wrong("sendMessage", at("blocked_person", text="x")),
    "never_started": Wrong("sendMessage", at("bob", text="x")),
    "to_bots": Wrong("sendMessage", lambda s: {"chat_id": s.world.bot.id, "text": "x"}),
    "not_member": Wrong("sendMessage", at("public", text="x")),
    "kicked": Wrong("sendMessage", at("lost", text="x")),
    "channel_rights": Wrong("sendMessage", at("silent", text="x")),
    "rights_send": Wrong("sendMessage", at("mute", text="x")),
    "member_missing": Wrong("getChatMember", at("plain", user_id=123)),
    "rights_pin": Wrong("pinChatMessage", at("plain", message_id="<plain_text>")),
    "rights_ban": Wrong("banChatMember", at("plain", user_id="<ann>")),
    "rights_promote": Wrong("promoteChatMember", at("plain", user_id="<ann>")),
    "rights_invite": Wrong("createChatInviteLink", at("plain")),
    "rights_topic_create": Wrong("createForumTopic", at("weak", name="x")),
    "rights_topic_edit": Wrong(
        "editForumTopic", at("weak", message_thread_id="<weak_topic>", name="y")
    ),
    "rights_topic_close": Wrong("closeForumTopic", at("weak", message_thread_id="<weak_topic>")),
    "rights_topic_delete": Wrong("deleteForumTopic", at("weak", message_thread_id="<weak_topic>")),
    "ban_private": Wrong("banChatMember", at("ann", user_id="<ann>")),
    "ban_owner": Wrong("banChatMember", at("forum", user_id="<bob>")),
    "ban_admin": Wrong("banChatMember", at("forum", user_id="<admin>")),
    "ban_self": Wrong("banChatMember", lambda s: {"chat_id": s.forum, "user_id": s.world.bot.id}),
    "promote_self": Wrong(
        "promoteChatMember", lambda s: {"chat_id": s.forum, "user_id": s.world.bot.id}
    ),
    "promote_foreign": Wrong(
        "promoteChatMember", at("forum", user_id="<admin>", can_pin_messages=True)
    ),
    "not_participant": Wrong(
        "promoteChatMember", at("forum", user_id="<gone>", can_pin_messages=True)
    ),
    "leave_private": Wrong("leaveChat", at("ann")),
    "no_admins": Wrong("getChatAdministrators", at("ann")),
    "supergroups_only": Wrong("restrictChatMember", at("small", user_id="<ann>", permissions={})),
    "large_chats_only": Wrong("unbanChatMember", at("small", user_id="<ann>")),
    "permissions_json": Wrong("restrictChatMember", at("forum", user_id="<ann>", permissions="{")),
    "title_owner": Wrong(
        "setChatAdministratorCustomTitle", at("forum", user_id="<bob>", custom_title="x")
    ),
    "title_member": Wrong(
        "setChatAdministratorCustomTitle", at("forum", user_id="<ann>", custom_title="x")
    ),
    "title_rights": Wrong(
        "setChatAdministratorCustomTitle", at("forum", user_id="<admin>", custom_title="x")
    ),
    "invite_private": Wrong("createChatInviteLink", at("ann")),
    "invite_limit": Wrong(
        "createChatInviteLink", at("forum", creates_join_request=True, member_limit=3)
    ),
    "invite_missing": Wrong("revokeChatInviteLink", at("forum", invite_link="https://t.me/+x")),
    "no_join_request": Wrong("approveChatJoinRequest", at("forum", user_id="<gone>")),
    "not_forum": Wrong("createForumTopic", at("plain", name="x")),
    "topic_missing": Wrong("sendMessage", at("forum", text="x", message_thread_id=77)),
    "topic_invalid": Wrong("closeForumTopic", at("forum", message_thread_id=77)),
    "topic_closed": Wrong("sendMessage", at("weak", text="x", message_thread_id="<shut>")),
    "topic_unchanged": Wrong(
        "editForumTopic", at("forum", message_thread_id="<forum_topic>", name="Logos")
    ),
    "topic_name": Wrong("createForumTopic", at("forum", name="  ")),
    "topic_color": Wrong("createForumTopic", at("forum", name="x", icon_color=5)),
}

QUERIES = {
    "query_old": Wrong("answerCallbackQuery", plainly(callback_query_id="1")),
    "answer_long": Wrong("answerCallbackQuery", plainly(callback_query_id="1", text="x" * 201)),
    "answer_url": Wrong("answerCallbackQuery", plainly(callback_query_id="1", url="https://a.org")),
    "inline_many": Wrong("answerInlineQuery", offered(*[ARTICLE] * 51)),
    "inline_id": Wrong("answerInlineQuery", offered(ARTICLE | {"id": "x" * 65})),
    "inline_id_empty": Wrong("answerInlineQuery", offered(ARTICLE | {"id": ""})),
    "inline_repeated": Wrong("answerInlineQuery", offered(ARTICLE, ARTICLE)),
    "inline_type": Wrong("answerInlineQuery", offered(ARTICLE | {"type": "song"})),
    "inline_title": Wrong("answerInlineQuery", offered({"type": "article", "id": "1"})),
    "inline_content": Wrong("answerInlineQuery", offered(ARTICLE | {"input_message_content": {}})),
    "inline_offset": Wrong("answerInlineQuery", offered(next_offset="x" * 65)),
    "inline_button": Wrong("answerInlineQuery", offered(button={"text": "x"})),
    "inline_start_empty": Wrong(
        "answerInlineQuery", offered(button={"text": "x", "start_parameter": ""})
    ),
    "inline_start_long": Wrong(
        "answerInlineQuery", offered(button={"text": "x", "start_parameter": "x" * 65})
    ),
    "inline_start": Wrong(
        "answerInlineQuery", offered(button={"text": "x", "start_parameter": "?"})
    ),
}

MONEY = {
    "provider": Wrong("sendInvoice", invoice(currency="USD")),
    "stars_prices": Wrong("sendInvoice", invoice(prices=INVOICE["prices"] * 2)),
    "stars_amount": Wrong("sendInvoice", invoice(prices=[{"label": "x", "amount": 0}])),
    "price": Wrong("sendInvoice", invoice(prices=[{"amount": 1}])),
    "prices_array": Wrong("sendInvoice", invoice(prices={"label": "x"})),
    "prices_none": Wrong("sendInvoice", invoice(prices=[])),
    "prices_json": Wrong("sendInvoice", invoice(prices="[")),
    "subscription_amount": Wrong(
        "createInvoiceLink",
        plainly(
            **INVOICE
            | {"subscription_period": 2_592_000, "prices": [{"label": "x", "amount": 10_001}]}
        ),
    ),
    "invoice_title": Wrong("sendInvoice", invoice(title="x" * 33)),
    "invoice_description": Wrong("sendInvoice", invoice(description="x" * 256)),
    "invoice_payload": Wrong("sendInvoice", invoice(payload="x" * 129)),
    "invoice_start": Wrong("sendInvoice", invoice(start_parameter="?")),
    "invoice_period": Wrong("createInvoiceLink", plainly(**INVOICE, subscription_period=5)),
    "charge_missing": Wrong(
        "refundStarPayment", lambda s: {"user_id": s.ann, "telegram_payment_charge_id": "x"}
    ),
}

FILES = {
    "file_wrong": Wrong("sendPhoto", at("ann", photo="nothing")),
    "file_id": Wrong("getFile", plainly(file_id="nothing")),
    "file_url": Wrong("sendPhoto", at("ann", photo="https://a.org/a.png")),
    "file_kind": Wrong("sendPhoto", at("ann", photo="<document_id>")),
    "file_empty": Wrong("sendDocument", at("ann"), {"document": b""}),
    "file_big_download": Wrong("getFile", lambda s: {"file_id": s.big_id}),
    "attach_missing": Wrong(
        "sendMediaGroup", album({"type": "photo", "media": "attach://x"}, PHOTO)
    ),
    "photo_invalid": Wrong("sendPhoto", at("ann"), {"photo": b"no picture"}),
    "photo_dimensions": Wrong("sendPhoto", at("ann"), {"photo": png(210, 10)}),
    "photo_big": Wrong("sendPhoto", at("ann"), {"photo": b"x" * (10 * 2**20 + 1)}),
    "album_empty": Wrong("sendMediaGroup", album()),
    "album_size": Wrong("sendMediaGroup", album(PHOTO)),
    "album_large": Wrong("sendMediaGroup", album(*[PHOTO] * 11)),
    "album_mixed": Wrong("sendMediaGroup", album(PHOTO, DOCUMENT)),
    "album_type": Wrong("sendMediaGroup", album(PHOTO | {"type": "animation"}, PHOTO)),
    "album_captions": Wrong(
        "sendMediaGroup", album(PHOTO | {"show_caption_above_media": True}, PHOTO)
    ),
    "media_json": Wrong("sendMediaGroup", at("ann", media="[")),
    "media_type": Wrong("sendMediaGroup", album(PHOTO | {"type": "smell"}, PHOTO)),
}

MENU = {
    "commands_many": Wrong(
        "setMyCommands", plainly(commands=[{"command": "a", "description": "x"}] * 101)
    ),
    "command_name": Wrong(
        "setMyCommands", plainly(commands=[{"command": "A!", "description": "x"}])
    ),
    "command_text": Wrong(
        "setMyCommands", plainly(commands=[{"command": "a", "description": "x" * 257}])
    ),
    "scope": Wrong("getMyCommands", plainly(scope={"type": "nowhere"})),
    "language": Wrong("getMyCommands", plainly(language_code="english")),
    "menu_button": Wrong("setChatMenuButton", plainly(menu_button={"type": "big"})),
}

POLLS = {
    "poll_question": Wrong("sendPoll", poll(question="x" * 301)),
    "poll_options": Wrong("sendPoll", poll(options="[")),
    "poll_option": Wrong("sendPoll", poll(options=[1, 2])),
    "poll_few": Wrong("sendPoll", poll(options=[])),
    "poll_many": Wrong("sendPoll", poll(options=[str(number) for number in range(13)])),
    "poll_option_long": Wrong("sendPoll", poll(options=["x" * 101, "b"])),
    "poll_repeated": Wrong("sendPoll", poll(options=["a", "a"])),
    "poll_type": Wrong("sendPoll", poll(type="riddle")),
    "poll_correct": Wrong("sendPoll", poll(type="quiz")),
    "poll_public": Wrong(
        "sendPoll", lambda s: poll()(s) | {"chat_id": s.channel, "is_anonymous": False}
    ),
    "stop_missing": Wrong("stopPoll", at("ann", message_id=999)),
    "stop_no_poll": Wrong("stopPoll", at("ann", message_id="<text>")),
    "stop_foreign": Wrong("stopPoll", at("ann", message_id="<asked_poll>")),
    "stop_closed": Wrong("stopPoll", at("ann", message_id="<closed_poll>")),
}

WRONG: dict[str, Wrong] = {
    **CONNECTION,
    **MESSAGES,
    **KEYBOARDS,
    **CHATS,
    **QUERIES,
    **MONEY,
    **FILES,
    **MENU,
    **POLLS,
}
ELSEWHERE = {
    "unauthorized": "test_strictness: a foreign token",
    "file_missing": "test_files: a path of the file route",
    "other_poller": "test_polling: two polls at once",
    "poll_webhook": "test_webhooks: a webhook ends the poll",
    "webhook_active": "test_polling: a poll beside a webhook",
    "too_large": "test_files: 50 MB over HTTP",
    "too_many": "test_faults: flood mode",
    "not_utf8": "test_strictness: half a surrogate pair in the body",
    "delete_old": "test_strictness: two days later",
    "right_missing": "test_rights: a right that the bot lacks",
    "charge_refunded": "test_payments: refunded twice",
    "refund_poor": "test_payments: more than the bot has",
    "inline_upload": "test_inline: a new file in the message of a result",
}
