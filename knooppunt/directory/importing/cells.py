"""Reads cells with numbers in them: telephone, mail, Chamber of Commerce, house number and the
day of confirmation.
"""

from __future__ import annotations

import re

from django.utils import timezone

from knooppunt.directory.importing.codes import message_meant
from knooppunt.directory.importing.draft import Draft
from knooppunt.kit import dates, web
from knooppunt.kit.postcodes import dutch_postcode, split_address, tidy_postcode

GENERIC = {
    "info",
    "contact",
    "post",
    "mail",
    "hallo",
    "hello",
    "secretariaat",
    "bestuur",
    "algemeen",
    "welkom",
    "office",
    "administratie",
    "receptie",
}
# A mail address as a mail program writes it, with the name of who has it.
_NAMED = re.compile(r"[^<>@]+<[^<>\s]+@[^<>\s]+>")
# "info (at) a.example", "info [at] a.example" and "info @ a.example" are one address.
_AT = re.compile(r"(?i)(?<=[\w.-])\s*(?:[(\[{]\s*(?:at|apenstaartje|@)\s*[)\]}]|\s@|@\s)\s*(?=\w)")
_DATE_BEHIND = re.compile(
    r"^(.*\D)\s+(\d{1,2}[-/][a-z]{3,9}\.?(?:[-/]\d{2,4})?|[a-z]{3,9}[-/]\d{1,4}"
    r"|\d{4}-\d{2}-\d{2}(?: [\d:]+)?|\d{1,2}[-/]\d{1,2}[-/]\d{4})$",
    re.I,
)


def read_phones(draft: Draft, value: str, country: str) -> None:
    """The valid numbers in a cell become contacts; what else stands in it is kept and named.

    Mail goes to the mail.
    """
    mails, rest = web.apart(value)
    numbers, rest = web.phones(rest, country)
    if rest:
        draft.keep("phone", rest)
        draft.find("phone_rest" if numbers else "bad_phone", "phone", value=rest)
    if mails:
        draft.find("moved_contact", "phone", value=", ".join(mails))
    rows = [_phone(number) for number in numbers] + [_mail(address) for address in mails]
    if any(row[3] == "keepers" for row in rows):
        draft.find("personal_data", "phone")
    draft.contacts["phone"] = rows


def read_emails(draft: Draft, value: str, country: str) -> None:
    """The mail addresses in a cell become contacts; what else stands in it is kept and named.

    Numbers go to the phone.
    """
    mails, rest = web.apart(_AT.sub("@", value))
    rest = re.sub(r"(?i)^(?:of|en|or|and|&)$", "", rest)
    numbers, rest = web.phones(rest, country) if any(map(str.isdigit, rest)) else ([], rest)
    if not mails and not numbers:
        draft.kept["email"] = value
        draft.find("bad_email", "email", value=value)
    elif any(sign.isalnum() for sign in rest) and not _NAMED.fullmatch(value.strip()):
        draft.keep("email", rest)
        draft.find("mail_rest", "email", value=rest)
    if numbers:
        draft.find("moved_contact", "email", value=", ".join(numbers))
    rows = [_mail(address) for address in mails] + [_phone(number) for number in numbers]
    if any(row[3] == "keepers" for row in rows):
        draft.find("personal_data", "email")
    draft.contacts["email"] = rows


def _phone(number: str) -> tuple[str, str, str, str]:
    return "phone", number, "", "keepers" if number.startswith("+316") else "public"


def _mail(address: str) -> tuple[str, str, str, str]:
    return "email", address, "", "public" if address.split("@")[0] in GENERIC else "keepers"


def read_kvk(draft: Draft, value: str) -> None:
    """A Chamber of Commerce number has eight digits; anything else is kept apart and named."""
    plain = re.sub(r"(?i)^kvk\W*(?:nr|nummer)?\W*|[\s.\-]", "", re.sub(r"\.0$", "", value.strip()))
    inside = re.findall(r"(?<![\w.])\d{8}(?![\w.])", value)
    if not re.fullmatch(r"\d{8}", plain) and len(inside) == 1:
        plain = inside[0]
        rest = re.sub(r"(?i)\bk\.?v\.?k\.?\b[\s:.]*(?:nr|nummer)?", " ", value.replace(plain, " "))
        rest = " ".join(rest.split()).strip(" ,;:.-/()")
        if any(map(str.isalnum, rest)):
            draft.keep("kvk", rest)
            draft.find("kvk_rest", "kvk", value=rest)
    if re.fullmatch(r"\d{8}", plain) and int(plain):
        draft.identifiers.append(("kvk", plain))
        return
    draft.kept["kvk"] = value
    # A spreadsheet takes a nought at the beginning for nothing.
    meant = message_meant(f"0{plain}") if re.fullmatch(r"[1-9]\d{6}", plain) else ""
    draft.find("bad_kvk", "kvk", meant, value=value)


def read_address(draft: Draft, street: str, country: str) -> dict[str, str]:
    """Street and number as the public may read them; a house number that a spreadsheet made a date
    of is kept apart.

    With postcode and city when they stand in the same cell and have none of their own.
    """
    parts: dict[str, str] = {}
    if country == "NL":
        before, code, city = split_address(street)
        own = dutch_postcode(draft.raw.get("postcode", ""))
        if code and own in ("", code) and not (city and draft.raw.get("city")):
            street, parts = before, {"postcode": code} | ({"city": city} if city else {})
    return parts | {"street": _with_number(draft, street, draft.raw.get("house_number", ""))}


def _with_number(draft: Draft, street: str, number: str) -> str:
    number = number.lstrip("'")
    if not number:
        behind = _DATE_BEHIND.match(street)
        if behind and dates.number_from_date(behind[2]):
            street, number = behind[1].strip(), behind[2]
    meant = dates.number_from_date(number) if number else ""
    if not meant:
        is_there = number and re.search(rf"(?<!\w){re.escape(number)}$", street)
        return street if is_there else f"{street} {number}".strip()
    draft.kept["house_number"] = number
    draft.find("date_for_number", "house_number", message_meant(meant), value=number)
    return street


def read_postcode(draft: Draft, value: str, country: str) -> None:
    """A Dutch postcode as ``1234 AB``, with the city behind it; another text is kept apart and
    named.
    """
    if country != "NL":
        draft.place_parts["postcode"] = {"postcode": tidy_postcode(value)[:12]}
        return
    code, city = dutch_postcode(value), ""
    if not code:
        street, code, city = split_address(value)
        code = "" if street else code
    if not code:
        draft.keep("postcode", value)
        draft.find("bad_postcode", "postcode", value=value)
        return
    draft.place_parts["postcode"] = {"postcode": code}
    if city and not draft.raw.get("city"):
        draft.place_parts["postcode"]["city"] = city


def read_city(draft: Draft, value: str, public: str) -> None:
    """The name of a city; what can be none (a postcode, a number, an address) is kept apart and
    named.
    """
    street, code, city = split_address(value)
    if code and city and not street:
        is_first = not draft.raw.get("postcode")
        draft.place_parts["city"] = {"city": city} | ({"postcode": code} if is_first else {})
    elif code or public != value or sum(map(str.isdigit, value)) > 2:
        draft.keep("city", value)
        draft.find("bad_city", "city", value=value)
    else:
        draft.place_parts["city"] = {"city": value[:100]}


def read_confirmation(draft: Draft, value: str) -> None:
    """The day on which somebody said that it is right; a day still to come is refused."""
    day = dates.parse_cell(value)
    if day is None:
        draft.find("bad_date", "confirmed_on", value=value)
    elif day > timezone.localdate():
        draft.kept["confirmed_on"] = value
        draft.find("future_confirmation", "confirmed_on", value=value)
    else:
        draft.confirmed_on = day
