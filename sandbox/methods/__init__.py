"""The Bot API methods that are modelled, by area; each module exports METHODS."""

from typing import TYPE_CHECKING

from sandbox import polling, webhook
from sandbox.methods import (
    albums,
    answers,
    chats,
    copying,
    deleting,
    editing,
    files,
    identity,
    inline_answers,
    inviting,
    invoices,
    media_edits,
    members,
    menu,
    pinning,
    places,
    polls,
    promoting,
    reactions,
    sending,
    topics,
)

if TYPE_CHECKING:
    from sandbox.call import Handler

HANDLERS: "dict[str, Handler]" = {
    **polling.METHODS,
    **webhook.METHODS,
    **albums.METHODS,
    **answers.METHODS,
    **chats.METHODS,
    **copying.METHODS,
    **deleting.METHODS,
    **editing.METHODS,
    **files.METHODS,
    **identity.METHODS,
    **inline_answers.METHODS,
    **inviting.METHODS,
    **invoices.METHODS,
    **media_edits.METHODS,
    **members.METHODS,
    **menu.METHODS,
    **pinning.METHODS,
    **places.METHODS,
    **polls.METHODS,
    **promoting.METHODS,
    **reactions.METHODS,
    **sending.METHODS,
    **topics.METHODS,
}
