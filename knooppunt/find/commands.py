"""The commands of finding: make the index anew, and ask a question or a file of questions."""

from __future__ import annotations

import csv
import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from knooppunt.core.modules import Command
from knooppunt.find import indexing
from knooppunt.find.models import Document
from knooppunt.find.searching import search


def _reindex_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--words-only", action="store_true", help="leave the meaning of what did not change as it is, and add none")


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}{f' / {total}' if total else ''}", end="", file=sys.stderr)


def _reindex(options: Namespace) -> int:
    number = indexing.rebuild(_progress, with_meaning=not options.words_only)
    print(f"{number} things can be found.")
    return 0


def _find_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", help="what somebody looks for, in her own words and language")
    parser.add_argument("--file", type=Path, help="CSV with the columns query_id and query; gives {query_id: [names]}")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--limit", type=int, default=10, help="how many answers at most")
    parser.add_argument("--type", default="", help="only one type, such as organisation")
    parser.add_argument("--words-only", action="store_true", help="leave the meaning out")


def _find(options: Namespace) -> int:
    indexing.catch_up()
    allowed = set(Document.objects.filter(type=options.type).values_list("pk", flat=True)) if options.type else None
    if options.file:
        with options.file.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        told = {row["query_id"]: [one.document.title for one in search(row["query"], allowed, options.limit, not options.words_only)] for row in rows}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    if not options.question:
        print("knooppunt find \"vraag\" / knooppunt find --file QUERIES.csv", file=sys.stderr)
        return 2
    found = search(options.question, allowed, options.limit, not options.words_only)
    if options.json:
        print(json.dumps([{"name": one.document.title, "kind": one.document.kind, "type": one.document.type, "score": round(one.score, 3), "reasons": one.reasons} for one in found], ensure_ascii=False, indent=1))
        return 0
    for one in found:
        print(f"{one.score:5.2f}  {one.document.title}  ({one.document.type})  {'; '.join(one.reasons)}")
    return 0


COMMANDS = (
    Command("reindex", "make the index of what can be found anew, while the site answers", _reindex, _reindex_arguments),
    Command("find", "ask a question, or a file of questions", _find, _find_arguments),
)
