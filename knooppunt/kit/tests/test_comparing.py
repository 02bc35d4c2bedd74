"""Comparing two texts loses no word of either."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knooppunt.kit.text_diff import Piece, compare

texts = st.text(alphabet="ab ,.\n", max_size=40)


def test_what_is_out_and_what_is_new_stand_apart() -> None:
    assert compare("We koken op vrijdag.", "We koken op zondag.") == [
        Piece("same", "We koken op "),
        Piece("out", "vrijdag"),
        Piece("new", "zondag"),
        Piece("same", "."),
    ]


@given(texts, texts)
def test_both_texts_can_be_read_back(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert "".join(one.text for one in pieces if one.kind != "new") == old
    assert "".join(one.text for one in pieces if one.kind != "out") == new
