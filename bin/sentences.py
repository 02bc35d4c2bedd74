"""Draws random sentences of the public pages, to be read by somebody with fresh eyes.

Run: .venv/bin/python bin/sentences.py [--number 100] [--seed 2026] [--language nl]. The same seed
draws the same sentences as long as the interface does not change. What to look for:
plain words (B1), "je", what a button does, no noun made of a whole sentence.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator

import catalogues
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

AT_WORK = re.compile(
    r"/desk/|/imports?/|/importing/|commands\.py|/mfa/|/account/|desk|worklist|today|codes\.py|"
    r"config/|corrections|style|merging|edit|backup|upload"
)
FEWEST_WORDS = 3


def is_public(message: Message) -> bool:
    """Whether a sentence stands on a page for everybody and is long enough to judge."""
    files = [name for name, _line in message.locations]
    return len(str(message.id).split()) >= FEWEST_WORDS and any(
        not AT_WORK.search(name) for name in files
    )


def draw(catalog: Catalog, number: int, seed: int) -> list[Message]:
    """So many sentences, always the same of one seed."""
    public = sorted(
        (message for message in catalog if message.id and is_public(message)),
        key=lambda message: str(message.id),
    )
    return random.Random(seed).sample(public, min(number, len(public)))


def lines(language: str, number: int, seed: int) -> Iterator[str]:
    """Each sentence with its number and the file it stands in."""
    path = catalogues.LOCALE / "en" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        catalog = read_po(file, locale="en")
    for place, message in enumerate(draw(catalog, number, seed), 1):
        said = message.id if language == "nl" else message.string
        text = " / ".join(said) if isinstance(said, tuple | list) else str(said)
        yield f"{place:3}  {text}  [{message.locations[0][0].removeprefix('knooppunt/')}]"


def main() -> int:
    """Print the sentences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--language", choices=("nl", "en"), default="nl")
    options = parser.parse_args()
    for line in lines(options.language, options.number, options.seed):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
