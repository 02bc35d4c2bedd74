"""What a part says of the lists that it reads in: columns, words to ask, and who may."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse

from knooppunt.core.audit.trail import Actor
from knooppunt.core.imports.answers import Answers
from knooppunt.core.imports.upload_form import UploadForm
from knooppunt.core.labels import Label
from knooppunt.core.models import ImportRun, ImportSource
from knooppunt.kit.columns import KnownColumns, ListFile
from knooppunt.kit.findings import Report
from knooppunt.kit.tables import LARGEST_FILE

Choices = list[tuple[str, str]]
Progress = Callable[[int, Counter[str]], None]
View = Callable[..., HttpResponse]
ADDRESSES = (
    "imports",
    "import",
    "import_source",
    "import_structure",
    "import_words",
    "start_import",
    "import_report",
    "import_mapping",
    "discard_import",
)


@dataclass(frozen=True)
class WordQuestion:
    """How a word is asked about: which of our ``terms`` it is, or what the register calls it.

    ``named`` gives the slugs of what goes by a name (none, one or several), ``called`` the name of
    a slug, and ``names`` the names to suggest.
    ``may_be_new`` is True for a field whose unknown words become records.
    """

    terms: Callable[[], Choices] = list
    named: Callable[[str], list[str]] | None = None
    called: Callable[[str], str] = str
    names: Callable[[], Iterable[str]] = list
    may_be_new: bool = False


@dataclass
class Reading:
    """One reading of a list: the file, by whom, what is known of its words, or only a try.

    ``run`` is the kept file that it comes from, if any. ``most_rows`` ends it early.
    """

    file: ListFile
    actor: Actor
    answers: Answers = field(default_factory=Answers)
    run: ImportRun | None = None
    is_dry_run: bool = False
    most_rows: int | None = None
    progress: Progress = lambda done, counts: None


@dataclass(frozen=True)
class ListKind:
    """A kind of list that a part reads in.

    ``name`` is what its runs and sources are kept under, and ``namespace`` that of its addresses.
    ``read`` reads a list and tells it in the report; it raises UnreadableFile when the whole cannot
    be read, and then nothing is changed. ``pages`` gives for the slugs of records the address of
    their page and their name. ``guard`` lets in who may read such lists, ``runs`` and
    ``sources`` give those that a person may see. ``owners`` gives the owners whose sources serve
    the lists of an owner, and ``owner_name`` what an owner is called. ``is_table`` is False for a
    file without columns and words, such as a calendar. The first ``previewed`` rows are tried on
    the page, or the first ``previewed_events`` of a file without columns.
    """

    name: str
    namespace: str
    title: Label
    lead: Label
    file_label: Label
    columns: KnownColumns
    questions: Mapping[str, WordQuestion]
    field_label: Callable[[str], str]
    message: Callable[..., str]
    read: Callable[[Reading, Report], None]
    guard: Callable[[View], View]
    runs: Callable[[Any, QuerySet[ImportRun]], QuerySet[ImportRun]] = lambda user, rows: rows
    sources: Callable[[Any, QuerySet[ImportSource]], QuerySet[ImportSource]] = lambda user, rows: (
        rows
    )
    upload_form: Callable[..., UploadForm] = UploadForm
    owners: Callable[[str], list[str]] = lambda owner: [owner]
    owner_name: Callable[[str], str] = lambda owner: ""
    pages: Callable[[list[str]], dict[str, tuple[str, str]]] = lambda slugs: {}
    is_table: Callable[[ListFile], bool] = lambda file: True
    previewed: int = 500
    previewed_events: int = 100
    most_bytes: int = LARGEST_FILE
    file_help: Label = ""

    def file(self, path: Path, name: str = "") -> ListFile:
        """A file as a list of this kind."""
        return ListFile(path, self.columns, name)

    def address(self, name: str) -> str:
        """The full name of one of the addresses of this kind of list."""
        return f"{self.namespace}:{name}"

    @property
    def urls(self) -> dict[str, str]:
        """The addresses of this kind of list by what they are, for templates."""
        return {name: self.address(name) for name in ADDRESSES}
