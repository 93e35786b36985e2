"""Inline mode: what the bot offered to a person, and the content that a choice becomes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.messages import InvoiceTerms


@dataclass(frozen=True, slots=True)
class Prepared:
    """A checked result: the content of the message, its keyboard and, for invoices, its terms."""

    content: dict[str, Any]
    markup: dict[str, Any] | None
    invoice: "InvoiceTerms | None" = None


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    query: str
    contents: dict[str, Prepared]
