"""The commands of finding: make the index anew, and ask a question or a file of questions."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

from knooppunt.core.registry.modules import Command
from knooppunt.find import explanations, indexing
from knooppunt.find.searching import Found, search
from knooppunt.kit.tables import UnreadableFile, open_table


def _reindex_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--words-only", action="store_true", help="work out no meanings; those that are there stay"
    )


def _progress(what: str, done: int) -> None:
    print(f"\r{what}: {done}", end="" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)


def _reindex(options: Namespace) -> int:
    number = indexing.rebuild(_progress, with_meaning=not options.words_only)
    print(f"{number} things can be found.")
    return 0


def _find_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "question", nargs="?", help="what somebody looks for, in her own words and language"
    )
    parser.add_argument(
        "--file",
        type=Path,
        help="CSV with the columns query_id and query; gives {query_id: [names]}",
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--limit", type=int, default=10, help="how many answers at most")
    parser.add_argument(
        "--type",
        help="only one type, such as organisation, place, activity or notice; organisation for a "
        "file, else all",
    )
    parser.add_argument("--words-only", action="store_true", help="leave the meaning out")


def _find(options: Namespace) -> int:
    if not options.question and not options.file:
        print('knooppunt find "vraag" / knooppunt find --file QUERIES.csv --json', file=sys.stderr)
        return 2
    types = [one.type for one in indexing.searchables()]
    if options.type and options.type not in types:
        print(f"--type {options.type}: kies / choose {', '.join(types)}", file=sys.stderr)
        return 2
    indexing.catch_up(with_meaning=not options.words_only)
    return _answer_file(options) if options.file else _answer(options)


def _found(text: str, type_: str | None, options: Namespace) -> list[Found]:
    answer = search(text, {"wat": [type_]} if type_ else None, not options.words_only)
    return answer.told(answer.hits[: max(options.limit, 0)])


def _answer_file(options: Namespace) -> int:
    try:
        table = open_table(options.file)
        rows = [dict(zip(table.header, row.cells, strict=False)) for row in table.rows()]
    except UnreadableFile as problem:
        print(
            f"{options.file}: geen leesbare lijst / not a readable list ({problem})",
            file=sys.stderr,
        )
        return 2
    if not {"query_id", "query"} <= set(table.header):
        print(
            f"{options.file}: kolommen query_id en query ontbreken / columns query_id and query "
            f"are missing.",
            file=sys.stderr,
        )
        return 2
    twice = sorted(
        number for number, times in Counter(row["query_id"] for row in rows).items() if times > 1
    )
    if twice:
        print(f"{options.file}: dubbel / more than once: {', '.join(twice[:10])}", file=sys.stderr)
        return 2
    told = {
        row["query_id"]: [
            one.document.title
            for one in _found(row.get("query", ""), options.type or "organisation", options)
        ]
        for row in rows
    }
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return 0


def _answer(options: Namespace) -> int:
    found = _found(options.question, options.type, options)
    if options.json:
        told = [
            {
                "name": one.document.title,
                "type": one.document.type,
                "kind": one.document.kind,
                "score": round(one.score, 3),
                "reasons": explanations.explain(one),
            }
            for one in found
        ]
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    for one in found:
        print(
            f"{one.document.title}  ({one.document.kind or one.document.type}): "
            f"{'; '.join(explanations.explain(one))}"
        )
    if not found:
        print("Niets gevonden / nothing found.")
    return 0


COMMANDS = (
    Command(
        "reindex",
        "make the index of what can be found anew, while the site answers",
        _reindex,
        _reindex_arguments,
    ),
    Command("find", "ask a question, or a file of questions", _find, _find_arguments),
)
