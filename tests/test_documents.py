"""What the documents name is there: links, headings and pictures; the README stays short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MOST_WORDS, MOST_BYTES = 900, 150_000
LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")


def anchors(document: Path) -> set[str]:
    """The headings of a document as links write them: lower case, hyphens for spaces."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    targets = [link or image for link, image in LINK.findall(document.read_text())]
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        path, _hash, anchor = target.partition("#")
        other = (document.parent / path).resolve() if path else document
        assert other.exists(), target
        assert not anchor or anchor in anchors(other), target


def test_the_readme_is_short_and_has_three_pictures() -> None:
    for name in ("README.md", "README.nl.md"):
        assert len((ROOT / name).read_text().split()) < MOST_WORDS, name
    assert len(re.findall(r"docs/pictures/\w+\.png", (ROOT / "README.md").read_text())) == 3


def test_every_picture_is_light_and_stands_in_a_document() -> None:
    text = "".join(document.read_text() for document in DOCUMENTS)
    for picture in PICTURES.iterdir():
        assert picture.stat().st_size < MOST_BYTES and picture.name in text, picture.name
