"""Reads web, mail and phone addresses as people type them, and says which part is no address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import phonenumbers

_HOST = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$")
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/.])(?:\+|00)?\d(?:[\s()./-]{0,2}\d){8,12}(?!\w)")
_CALL = re.compile(
    r"(?i)\b(?:tel(?:efoon(?:nummer)?)?|mob(?:iel)?|phone|of|en|or|and|bgg|b\.g\.g)\b[.:]*"
    r"|(?:^|(?<=\s))(?:[tm][.:]+|[/|;,]+)(?=\s|$)"
)
_SPLIT = re.compile(r"\s*[;|\n]\s*|\s*,\s+|,(?=https?://|www\.)|\s+(?:en|of|and|or|/|&)\s+|\s+")


def repair(text: str) -> str | None:
    """A full https address from ``www.voorbeeld.nl`` or ``Voorbeeld.nl/plek``; None if it is no
    web address.
    """
    plain = text.strip().strip("<>\"'()").rstrip(".,;")
    if not plain or "@" in plain.split("/")[0] or " " in plain:
        return None
    plain = re.sub(r"(?i)^(https?)[:;]?/{0,2}(?=\w)", lambda found: f"{found[1].lower()}://", plain)
    if "://" not in plain:
        plain = f"https://{plain}"
    try:
        parts = urlsplit(plain)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.username or len(plain) > 500:
        return None
    try:
        ascii_host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if not _HOST.match(ascii_host):
        return None
    path = parts.path if parts.path not in ("", "/") else "/"
    return parts._replace(netloc=host + (f":{port}" if port else ""), path=path).geturl()


def websites(cell: str) -> tuple[list[str], list[str]]:
    """The web addresses of a cell, repaired, and the parts that are none."""
    found: list[str] = []
    other: list[str] = []
    for part in filter(None, _SPLIT.split(cell.strip())):
        address = repair(part)
        if address is None:
            other.append(part)
        elif address not in found:
            found.append(address)
    return (found, other) if found else ([], [cell.strip()] if cell.strip() else [])


def emails(text: str) -> list[str]:
    """The mail addresses in a text, lower case."""
    return [address.lower() for address in _MAIL.findall(text)]


def apart(text: str) -> tuple[list[str], str]:
    """The mail addresses in a text, lower case and once each, and the text without them."""
    rest = re.sub(r"(?i)\bmailto:|\be-?mail:?", " ", _MAIL.sub(" ", text))
    mails = list(dict.fromkeys(emails(text)))
    return mails, " ".join(rest.split()).strip(" ,;:/|<>()") if mails else text


def phone(text: str, region: str = "NL") -> str | None:
    """The number as it is dialled from abroad (E.164), or None if the text is no valid number and
    nothing but that.

    Letters are no digits: "bel na 12 uur" is no number.
    """
    if any(sign.isalpha() for sign in text):
        return None
    number = _parsed(text, region)
    if number is None or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def contact(text: str) -> tuple[str, str] | None:
    """Which of ``email``, ``phone`` and ``website`` a text is, with its value as it is kept;
    None when it is none.
    """
    if "@" in text:
        addresses = emails(text)
        is_whole = len(addresses) == 1 and addresses[0] == text.strip().lower()
        return ("email", addresses[0]) if is_whole else None
    number = phone(text)
    if number is not None:
        return "phone", number
    address = repair(text)
    return None if address is None else ("website", address)


def _parsed(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def phones(text: str, region: str = "NL") -> tuple[list[str], str]:
    """The valid numbers in a text (E.164, once each), and what else stands in it; words such as
    "tel" are left out.
    """
    whole = phone(text, region)
    if whole:
        return [whole], ""
    numbers: list[str] = []
    rest, at = "", 0
    for match in phonenumbers.PhoneNumberMatcher(text, region):
        found = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        numbers += [found] if found not in numbers else []
        rest, at = f"{rest}{text[at : match.start]} ", match.end
    if not numbers:
        return [], " ".join(text.split())
    rest = " ".join(_CALL.sub(" ", rest + text[at:]).split())
    return numbers, rest.strip(" ,;:/|-–.") if any(sign.isalnum() for sign in rest) else ""


def dialled(number: str, region: str = "NL") -> str:
    """The number as people in the region read it; an unreadable one unchanged."""
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return number
    home = parsed.country_code == phonenumbers.country_code_for_region(region)
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if home
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, style)


def reachable(text: str, region: str = "NL") -> list[tuple[str, str]]:
    """A text in pieces, each with the address behind it (``mailto:`` or ``tel:``), empty for plain
    words.

    Only phone numbers that can exist are addresses.
    """
    spans = [(found.start(), found.end(), f"mailto:{found[0]}") for found in _MAIL.finditer(text)]
    for match in phonenumbers.PhoneNumberMatcher(text, region):
        number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        if not any(start < match.end and match.start < end for start, end, _address in spans):
            spans.append((match.start, match.end, f"tel:{number}"))
    pieces, at = [], 0
    for start, end, address in sorted(spans):
        pieces += [(text[at:start], ""), (text[start:end], address)]
        at = end
    return [piece for piece in [*pieces, (text[at:], "")] if piece[0]]


def _is_number(text: str, number: phonenumbers.PhoneNumber) -> bool:
    """True for a number that exists, or that looks like one: "Plein 1940-1945 3" holds none."""
    if phonenumbers.is_valid_number(number):
        return True
    # The number of a house may stand before it: "Dijk 1 (06-12345678)".
    looks_like = re.search(r"(?<!\d)[0+]\d*(?:[\s()./-]{0,2}\d){7,}", text)
    return bool(looks_like) and phonenumbers.is_possible_number(number)


def without_personal(text: str, mark: str) -> tuple[str, list[str]]:
    """The text with every mail address and phone number replaced by ``mark``, and what was
    taken out.
    """
    taken: list[str] = []

    def take(found: re.Match[str]) -> str:
        number = None if "@" in found[0] else _parsed(found[0], "NL")
        if "@" not in found[0] and not (number and _is_number(found[0], number)):
            return found[0]
        taken.append(found[0])
        return mark

    return _PHONE.sub(take, _MAIL.sub(take, text)), taken
