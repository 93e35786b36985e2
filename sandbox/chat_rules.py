"""Rows of the rules about members, rights, links and topics: (source, wording).

rules.py gives them their code and joins them to the table; sources are named as there.
"""

_PROMOTING = "tdlib: DialogParticipantManager.cpp: promote_channel_participant"
_TITLE = "server: Client.cpp: process_set_chat_administrator_custom_title_query"
_INVITING = "tdlib: DialogInviteLinkManager.cpp: can_manage_dialog_invite_links"
_TOPICS = "tdlib: ForumTopicManager.cpp"

ROWS: dict[str, tuple[str, str]] = {
    "rights_send": (
        "issue: TelegramBotAPI/errors#5",
        "not enough rights to send {what} to the chat",
    ),
    "rights_topic_close": (
        f"{_TOPICS}: toggle_forum_topic_is_closed",
        "not enough rights to close or open the topic",
    ),
    "rights_topic_delete": (
        f"{_TOPICS}: delete_forum_topic",
        "not enough rights to delete the topic",
    ),
    "rights_promote": (_PROMOTING, "not enough rights"),
    "promote_self": (_PROMOTING, "can't promote self"),
    "promote_foreign": ("api: channels.editAdmin", "CHAT_ADMIN_REQUIRED"),
    "right_missing": ("api: channels.editAdmin", "RIGHT_FORBIDDEN"),
    "not_participant": ("guessed", "USER_NOT_PARTICIPANT"),
    "supergroups_only": (
        "server: Client.cpp: process_restrict_chat_member_query",
        "method is available only for supergroups",
    ),
    "large_chats_only": (
        "server: Client.cpp: process_unban_chat_member_query",
        "method is available for supergroup and channel chats only",
    ),
    "title_owner": (_TITLE, "only creator can edit their custom title"),
    "title_member": (_TITLE, "user is not an administrator"),
    "title_rights": (_TITLE, "not enough rights to change custom title of the user"),
    "permissions_json": (
        "server: Client.cpp: get_chat_permissions",
        "can't parse permissions JSON object",
    ),
    "rights_invite": (_INVITING, "not enough rights to manage chat invite link"),
    "invite_private": (_INVITING, "can't invite members to a private chat"),
    "invite_limit": (
        "spec: createChatInviteLink.creates_join_request",
        "member limit can't be specified for links requiring administrator approval",
    ),
    "invite_missing": ("api: messages.editExportedChatInvite", "INVITE_HASH_EXPIRED"),
    "no_join_request": ("issue: tucnak/telebot#570", "HIDE_REQUESTER_MISSING"),
    "pin_service": (
        "tdlib: MessagesManager.cpp: can_pin_message",
        "a service message can't be pinned",
    ),
}
