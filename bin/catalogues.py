"""Gathers every sentence of the interface into the catalogues, and compiles them; Dutch is the
language of the source.

Run without arguments to update, with ``--check`` to say what is missing and change nothing.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "knooppunt"
LOCALE = PACKAGE / "locale"
COMPLETE = ("en",)
# What a library says, in our words; these sentences are not gathered, for the library has them.
LIBRARY = PACKAGE / "people" / "locale" / "nl" / "LC_MESSAGES"
STILL = datetime(2026, 1, 1, tzinfo=UTC)  # a moment in the file would make every run a change
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def sources() -> list[tuple[Path, bytes]]:
    """Every file with sentences, templates turned into something that reads like Python."""
    found = []
    for path in sorted(PACKAGE.rglob("*")):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        if path.suffix == ".py":
            found.append((path, path.read_bytes()))
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # Python reads indentation, and that of a template means nothing.
            found.append((path, "\n".join(map(str.lstrip, calls.splitlines())).encode()))
    return found


def template() -> Catalog:
    """All sentences, with the files they stand in."""
    catalog = Catalog(project="Knooppunt", fuzzy=False)
    for path, text in sources():
        for _line, message, comments, context in extract(
            "python", io.BytesIO(text), keywords=KEYWORDS
        ):
            name = path.relative_to(PACKAGE.parent).as_posix()
            flags = ["python-format"] if "%(" in str(message) else []
            catalog.add(
                message,
                locations=[(name, None)],
                auto_comments=comments,
                context=context,
                flags=flags,
            )
    return catalog


def updated(language: str, wanted: Catalog) -> Catalog:
    """The catalogue of a language with exactly today's sentences."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    old = read_po(path.open("rb"), locale=language) if path.exists() else Catalog(locale=language)
    old.update(wanted, no_fuzzy_matching=True)
    old.obsolete.clear()
    old.fuzzy, old.project, old.copyright_holder = False, "Knooppunt", "Knooppunt"
    old.creation_date = old.revision_date = STILL
    old.header_comment = (
        f"# The sentences of Knooppunt in {language}; gathered by bin/catalogues.py."
    )
    return old


def compiled(catalog: Catalog) -> bytes:
    """The form in which Django reads a catalogue."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """The sentences without a translation; one that is marked as a guess (fuzzy) is never shown."""
    return [str(message.id) for message in catalog if message.id and not _is_translated(message)]


def _is_translated(message: Message) -> bool:
    said = message.string
    return not message.fuzzy and bool(all(said) if isinstance(said, tuple) else said)


def main(check: bool) -> int:
    """Update or check every catalogue; 1 when something is missing."""
    settings.configure(USE_I18N=True)
    wanted, status = template(), 0
    languages = sorted({path.name for path in LOCALE.iterdir() if path.is_dir()} | set(COMPLETE))
    for language in languages:
        catalog = updated(language, wanted)
        folder = LOCALE / language / "LC_MESSAGES"
        missing = untranslated(catalog)
        print(f"{language}: {len(catalog)} sentences, {len(missing)} without translation")
        text = io.BytesIO()
        write_po(text, catalog, width=120, sort_output=True, omit_header=False)
        if check:
            fresh = (folder / "django.mo").exists() and (
                folder / "django.mo"
            ).read_bytes() == compiled(catalog)
            if not fresh or (missing and language in COMPLETE):
                print(f"{language}: run python bin/catalogues.py and translate: {missing[:5]}")
                status = 1
        else:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "django.po").write_bytes(text.getvalue())
            (folder / "django.mo").write_bytes(compiled(catalog))
    return status | compile_library(check)


def compile_library(check: bool) -> int:
    """Compile our words for the account library, or say that it was not done; 1 then."""
    content = compiled(read_po((LIBRARY / "django.po").open("rb"), locale="nl"))
    path = LIBRARY / "django.mo"
    if not check:
        path.write_bytes(content)
    elif not path.exists() or path.read_bytes() != content:
        print("the account library: run python bin/catalogues.py")
        return 1
    return 0


if __name__ == "__main__":
    LOCALE.mkdir(exist_ok=True)
    raise SystemExit(main("--check" in sys.argv))
