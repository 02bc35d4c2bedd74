"""What somebody answered about the words of one source: held for as long as one import lasts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from knooppunt.core.models import ImportSource, ImportWord
from knooppunt.kit.text import normalise


def word_key(word: str) -> str:
    """A word as it is compared; one of signs alone is compared as it is written."""
    return normalise(word)[:200] or word.strip()[:200]


@dataclass
class Answers:
    """The answers of one source.

    ``means`` holds per field the slug or code that a folded word stands for.
    """

    means: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    others: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, source: ImportSource | None) -> Answers:
        """The answers that were given for a source; none without one."""
        answers = cls()
        for row in source.words.all() if source else ():
            if row.answer == ImportWord.Answer.MEANS:
                answers.means[row.field][row.key] = row.meaning
            else:
                answers.others[row.field, row.key] = row.answer
        return answers

    def other(self, name: str, word: str) -> str:
        """``new``, ``text`` or ``skip`` when that was answered of a word, else an empty text."""
        return self.others.get((name, word_key(word)), "")

    def words_for(self, name: str) -> dict[str, str]:
        """Every folded word of a field with the slug or code that it stands for."""
        return self.means.get(name, {})

    def used_in(self, name: str, cell: str) -> dict[str, str]:
        """The answered words that stand in a cell of a field, each with what was answered."""
        text = f" {normalise(cell)} "
        whole = word_key(cell)
        means = {key: f"={meaning}" for key, meaning in self.means.get(name, {}).items()}
        others = {key: answer for (field, key), answer in self.others.items() if field == name}
        return {
            key: answer
            for key, answer in sorted({**means, **others}.items())
            if key == whole or f" {key} " in text
        }
