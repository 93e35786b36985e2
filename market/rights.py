"""Who may touch what: the rights that every way into the house declares, without any rule."""

from enum import StrEnum


class By(StrEnum):
    """Whom a button, a command or a conversation is for.

    Those that speak of something name it by a number of the button or of the draft; whose it is
    stands in the database (`services.access`).
    """

    PROVIDER = "provider"  # Telegram's own facts about money; never refused
    ANYBODY = "anybody"  # about the person's own account, or public
    AGREED = "agreed"  # has accepted the present terms
    PARTY = "party"  # buyer or seller of `order_id`
    VIEWER = "viewer"  # a party of `order_id`, or an operator
    SELLER = "seller"  # sells `gig_id`; 0 means whatever the person sells
    PAYEE = "payee"  # asked for `withdrawal_id`
    ISSUER = "issuer"  # made `coupon_id`, or an operator for a coupon of the house
    WRITER = "writer"  # wrote in `thread_id`, or an operator
    OPERATOR = "operator"
    STAFF = "staff"  # operators and owners
    OWNER = "owner"
