"""Answers a request with a sheet of paper."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from django.http import HttpResponse

from knooppunt.core.pdf.documents import PaperError, pdf

# Some browsers draw a PDF inside a page of their own making; the policy of our own pages would
# leave that blank.
POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
log = logging.getLogger(__name__)


def pdf_response(template: Path, data: dict[str, Any], name: str) -> HttpResponse:
    """The PDF that ``template`` draws of ``data``, to look at in the browser, with a file name for
    who keeps it; a sentence and status 500 when it cannot be made.
    """
    try:
        content = pdf(template, data)
    except PaperError as problem:
        log.exception("No sheet of paper: %s", name)
        return HttpResponse(str(problem), status=500, content_type="text/plain; charset=utf-8")
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Content-Security-Policy": POLICY,
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
