"""The number of a record is written in plain digits where a form or an address needs it."""

from __future__ import annotations

from django.template import Context, Template


def test_a_number_in_a_form_has_no_point_and_in_a_text_it_has() -> None:
    page = Template(
        '<input value="{{ number|digits }}">{{ number }}<input value="{{ no|digits }}">'
    )
    shown = page.render(Context({"number": 2384, "no": None}))
    assert shown == '<input value="2384">2.384<input value="">'
