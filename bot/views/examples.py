"""Examples that the gig conversation shows, by category where the category matters."""

from bot.i18n import Translator


def title_example(category: str, tr: Translator) -> str:
    """A title that a seller of this category might give."""
    examples = {
        "design": tr.label("I will design three logo ideas for your shop"),
        "writing": tr.label("I will write a 500-word article for your website"),
        "translation": tr.label("I will translate two pages from English to Bengali"),
        "programming": tr.label("I will build a small Telegram bot for your shop"),
        "marketing": tr.label("I will write ten Facebook posts for your page"),
        "video": tr.label("I will cut your footage into a one-minute video"),
        "audio": tr.label("I will record a Bengali voice-over of up to two minutes"),
        "lessons": tr.label("I will teach you spoken English for an hour on a call"),
    }
    return examples[category]


def description_example(tr: Translator) -> str:
    """A description that says what is in it and what is not."""
    return tr.label(
        "Three ideas as PNG files within three days. You choose one, and you get it in full size "
        "with a transparent background. Printing is not included."
    )


def question_example(tr: Translator) -> str:
    """A question whose answer lets the seller begin."""
    return tr.label(
        "What is your shop called, which colours do you like, and where will the logo be used?"
    )
