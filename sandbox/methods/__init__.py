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
    invoices,
    media_edits,
    members,
    menu,
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
    **invoices.METHODS,
    **media_edits.METHODS,
    **members.METHODS,
    **menu.METHODS,
    **sending.METHODS,
    **topics.METHODS,
}
