"""Reads web, mail and phone addresses as people type them, and says which part is no address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import phonenumbers

_HOST = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$")
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/.])(?:\+|00)?\d(?:[\s()./-]{0,2}\d){8,12}(?!\w)")
_SPLIT = re.compile(r"\s*[;|\n]\s*|\s*,\s+|,(?=https?://|www\.)|\s+(?:en|of|and|or|/|&)\s+|\s+")


def repair(text: str) -> str | None:
    """A full https address from ``www.voorbeeld.nl`` or ``Voorbeeld.nl/plek``; None if it is no web address."""
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


def phone(text: str, region: str = "NL") -> str | None:
    """The number as it is dialled from abroad (E.164), or None if it is no possible number."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def contact(text: str) -> tuple[str, str] | None:
    """Which of ``email``, ``phone`` and ``website`` a text is, with its value as it is kept; None when it is none."""
    if "@" in text:
        addresses = emails(text)
        is_whole = len(addresses) == 1 and addresses[0] == text.strip().lower()
        return ("email", addresses[0]) if is_whole else None
    number = phone(text)
    if number is not None:
        return "phone", number
    address = repair(text)
    return None if address is None else ("website", address)


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


def without_personal(text: str, mark: str) -> tuple[str, list[str]]:
    """The text with every mail address and phone number replaced by ``mark``, and what was taken out."""
    taken: list[str] = []

    def take(found: re.Match[str]) -> str:
        if "@" not in found[0] and phone(found[0]) is None:
            return found[0]
        taken.append(found[0])
        return mark

    return _PHONE.sub(take, _MAIL.sub(take, text)), taken
