"""What stands beside a file that can run on its reader's machine."""

from collections.abc import Iterable

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.typed import one_line
from market.files import FileRef, is_program

NAMED_MAX = 3
NAME_MAX = 60


def beside_programs(caption: Markup, files: Iterable[FileRef], tr: Translator) -> Markup:
    """The caption, with a warning that names the programs among the files."""
    warning = program_words(files, tr)
    return Markup("{}\n\n{}").format(caption, warning) if warning else caption


def program_words(files: Iterable[FileRef], tr: Translator) -> Markup:
    """The warning alone; empty when none of the files is a program."""
    names = [one_line(file.name, NAME_MAX) for file in files if is_program(file)]
    if not names:
        return Markup()
    named = ", ".join(names[:NAMED_MAX]) + (" …" if len(names) > NAMED_MAX else "")
    return tr(
        "⚠️ <b>Careful:</b> this can run as a program: {names}. Nobody has checked it. Open it only "
        "if you asked for it and trust who sent it; never switch your virus scanner off for it.",
        names=named,
    )
