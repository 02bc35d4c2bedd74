"""What a reader sees of a site that must stay: figures, open data, pages, published reports.

Pages are asked by their addresses, as a reader does, for those hold in every version. The layout
and the words of a page may change; the names it lists, the numbers and what was published may not.
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
from collections import Counter
from collections.abc import Iterable
from contextlib import redirect_stdout
from typing import Any
from urllib.parse import urlsplit

import html5lib
from django.test import Client
from django.urls import Resolver404, resolve

from knooppunt.config.cli import main
from knooppunt.report import freezing
from knooppunt.report.models import Edition, Story

REGISTER = "/open/register.json"
REPORT = re.compile(r"^/halfjaarbericht/[^/]+/editie/\d+/$")
FRONT_DOOR = "/"  # shows a choice of what is elsewhere, which may be another in each version
PER_KIND = 2  # pages of one kind, such as two places
MOST_PAGES, MOST_NAMES = 2000, 30
SHORTEST = 20  # characters of a published sentence, between two numbers, that say something
Expected = dict[str, Any]


def digest(values: Any) -> str:
    """The first sixteen digits of the SHA-256 of plain data."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def expected() -> Expected:
    """What the site shows now, small enough to keep: whole lists stand in it as a digest."""
    visitor = Client(HTTP_HOST="127.0.0.1")
    found = _crawled(visitor)
    pages = {address: names for address, names in _listed(found).items() if _is_kept(address)}
    reports = [address for address in found if REPORT.match(address)]
    assert reports, "no published report: an earlier one must be part of what is kept"
    return {
        "figures": _figures(),
        "tables": {name: _columns(rows) for name, rows in _tables(visitor).items()},
        "pages": dict(_some_of_each_kind(pages)),
        "reports": {address: _kept_report(visitor, address) for address in reports},
    }


def differences(before: Expected) -> list[str]:
    """What this site no longer shows, a line for each; pages and columns may be added."""
    visitor = Client(HTTP_HOST="127.0.0.1")
    return [
        *_changed("figure", before["figures"], _figures()),
        *_changed_tables(visitor, before["tables"]),
        *_changed_pages(visitor, before["pages"]),
        *_changed_reports(visitor, before["reports"]),
    ]


def _changed(kind: str, before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    return [
        f"{kind} {name}: {value} became {now.get(name)}"
        for name, value in before.items()
        if now.get(name) != value
    ]


def _figures() -> dict[str, Any]:
    """Every figure by its key: the value, and the names and amounts of the list behind it."""
    said = io.StringIO()
    with redirect_stdout(said):
        try:
            main(["figures", "--json"])
        except SystemExit as ended:
            assert not ended.code, said.getvalue()
    return {row["key"]: _numbered(row) for row in json.loads(said.getvalue())}


def _numbered(row: dict[str, Any]) -> dict[str, Any]:
    lines = sorted([item["name"], item["amount"], item.get("whole", 0)] for item in row["items"])
    return {"value": row["value"], "lines": len(lines), "list": digest(lines)}


def _tables(visitor: Client) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = json.loads(_body(visitor, REGISTER))["tables"]
    assert tables["organisations"]
    return tables


def _columns(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A table as its number of rows and a digest of each column, whatever the order of the rows."""
    names = list(rows[0]) if rows else []
    columns = {}
    for name in names:
        cells = [[*(row[key] for key in names[:2]), row[name]] for row in rows]
        columns[name] = digest(sorted(json.dumps(cell, sort_keys=True) for cell in cells))
    return {"rows": len(rows), "columns": columns}


def _changed_tables(visitor: Client, before: dict[str, Any]) -> list[str]:
    now = {name: _columns(rows) for name, rows in _tables(visitor).items()}
    changed = []
    for name, table in before.items():
        columns = now.get(name, {"rows": 0, "columns": {}})
        changed += _changed("rows of", {name: table["rows"]}, {name: columns["rows"]})
        changed += _changed(f"open data {name}", table["columns"], columns["columns"])
    return changed


def _body(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return b"".join(answer).decode()


def _crawled(visitor: Client) -> dict[str, Any]:
    """Every page that a stranger reaches from the front door, as a tree; none with a ``?``."""
    waiting, seen = ["/"], {}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        answer = visitor.get(address)
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        tree = html5lib.parse(b"".join(answer), namespaceHTMLElements=False)
        seen[address] = tree
        targets = [target for target, _text in _links(tree)]
        waiting += [one for one in dict.fromkeys(targets) if one not in seen and one not in waiting]
    return seen


def _links(tree: Any) -> Iterable[tuple[str, str]]:
    """The addresses on this site that the main part of a page links to, with the link's words."""
    for link in tree.iterfind(".//main//a[@href]"):
        target = urlsplit(link.get("href"))
        if not target.netloc and target.path.startswith("/") and not target.query:
            yield target.path, _words("".join(link.itertext()))


def _words(text: str) -> str:
    return " ".join(text.split())


def _listed(found: dict[str, Any]) -> dict[str, list[str]]:
    """The names of records on each page: links whose words are the heading of their own page."""
    headings = {
        address: _words("".join(heading.itertext()))
        for address, tree in found.items()
        if (heading := tree.find(".//h1")) is not None and resolve(address).kwargs
    }
    return {
        address: list(
            dict.fromkeys(text for to, text in _links(tree) if text and headings.get(to) == text)
        )[:MOST_NAMES]
        for address, tree in found.items()
    }


def _is_kept(address: str) -> bool:
    """True for a page that is part of the site for good: no log-in, and none of the try-out."""
    try:
        return not resolve(address).view_name.startswith(("account_", "people:", "mfa_"))
    except Resolver404:
        return False


def _some_of_each_kind(pages: dict[str, list[str]]) -> Iterable[tuple[str, list[str]]]:
    taken: Counter[str] = Counter()
    for address in sorted(pages):
        kind = resolve(address).view_name
        taken[kind] += 1
        if taken[kind] <= PER_KIND:
            yield address, pages[address]


def _changed_pages(visitor: Client, before: dict[str, list[str]]) -> list[str]:
    changed = []
    for address, names in before.items():
        answer = visitor.get(address, follow=True)
        if answer.status_code != 200:
            changed.append(f"page {address}: {answer.status_code}")
            continue
        if address == FRONT_DOOR:
            continue
        text = _words(html.unescape(re.sub(r"<[^>]+>", "", b"".join(answer).decode())))
        changed += [f"page {address}: no longer names {name}" for name in names if name not in text]
    return changed


def _report(visitor: Client, address: str) -> dict[str, Any]:
    """A published report: its checksum, the numbers with their lists, the words between them."""
    page = _body(visitor, address)
    numbers = {row["mark"]: _numbered(row) for row in _report_numbers(visitor, address)}
    checksum = re.search(r"\b[0-9a-f]{64}\b", page + _body(visitor, f"{address}controle/"))
    assert checksum and numbers
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    sentences = [
        _words(piece)
        for paragraph in tree.iterfind(".//main//section//p")
        for piece in re.split(r"\d[\d.]*", "".join(paragraph.itertext()))
        if len(_words(piece)) >= SHORTEST
    ]
    return {"checksum": checksum.group(), "numbers": numbers, "sentences": sentences}


def _kept_report(visitor: Client, address: str) -> dict[str, Any]:
    """A published report without the words of the page around it, which may change."""
    report = _report(visitor, address)
    editions = list(Edition.objects.values_list("content", flat=True))
    stories = list(Story.objects.values_list("text", flat=True))
    published = json.dumps([editions, stories], ensure_ascii=False)
    return report | {"sentences": [one for one in report["sentences"] if one in published]}


def _report_numbers(visitor: Client, address: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(_body(visitor, f"{address}cijfers.json"))
    return rows


def _changed_reports(visitor: Client, before: dict[str, Any]) -> list[str]:
    changed = []
    for address, report in before.items():
        now = _report(visitor, address)
        changed += _changed(f"{address} number", report["numbers"], now["numbers"])
        if now["checksum"] != report["checksum"]:
            changed.append(f"{address}: another checksum")
        text = " ".join(now["sentences"])
        changed += [
            f"{address}: no longer says {one}" for one in report["sentences"] if one not in text
        ]
    for edition in Edition.objects.all():
        changed += [f"{edition}: {problem}" for problem in freezing.wrong(edition)]
    return changed
