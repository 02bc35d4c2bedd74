"""Makes the Python environment that ./start and ./check run in, and says in one sentence what is
wrong if it cannot.

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MINIMUM = (3, 11)

SENTENCES = {
    "old": (
        "Python {has} is te oud: installeer Python 3.11 of nieuwer (bijvoorbeeld: sudo apt "
        "install python3) en begin opnieuw.",
        "Python {has} is too old: install Python 3.11 or newer (for example: sudo apt install "
        "python3) and try again.",
    ),
    "venv": (
        "Python mist het onderdeel 'venv': installeer het (Debian en Ubuntu: sudo apt install "
        "python3-venv) en begin opnieuw.",
        "Python lacks its 'venv' part: install it (Debian and Ubuntu: sudo apt install "
        "python3-venv) and try again.",
    ),
    "network": (
        "De onderdelen konden niet worden opgehaald: controleer de internetverbinding en begin "
        "opnieuw.",
        "The parts could not be fetched: check the internet connection and try again.",
    ),
    "hash": (
        "Een opgehaald onderdeel is niet wat het zou moeten zijn (controlegetal klopt niet): haal "
        "het project opnieuw op.",
        "A fetched part is not what it should be (its checksum differs): fetch the project again.",
    ),
    "disk": (
        "De schijf is vol: maak ten minste 500 MB vrij en begin opnieuw.",
        "The disk is full: free at least 500 MB and try again.",
    ),
    "install": (
        "De onderdelen konden niet worden geïnstalleerd; dit zei de installatie: {last}",
        "The parts could not be installed; the installer said: {last}",
    ),
    "first": (
        "De eerste keer worden de onderdelen opgehaald; dat duurt ongeveer een minuut.",
        "The first time the parts are fetched; that takes about a minute.",
    ),
}


def sentence(key: str, **words: str) -> str:
    """The sentence in Dutch when the machine speaks Dutch, else in English."""
    speech = (
        os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    )
    return SENTENCES[key][0 if speech.lower().startswith("nl") else 1].format(**words)


def stop(key: str, **words: str) -> None:
    """Say what to do, and end with status 1."""
    print(sentence(key, **words), file=sys.stderr)
    raise SystemExit(1)


def explain(output: str) -> None:
    """Turn what the installer printed into one sentence that says what to do."""
    low = output.lower()
    if "no space left" in low:
        stop("disk")
    if "hashes are required" in low or "do not match the hashes" in low:
        stop("hash")
    signs = (
        "connection",
        "name resolution",
        "no matching distribution",
        "retrying",
        "network",
        "timed out",
        "proxy",
    )
    if any(sign in low for sign in signs):
        stop("network")
    lines = [line for line in output.strip().splitlines() if line.strip()]
    stop("install", last=lines[-1] if lines else "?")


def run(command: list[str]) -> None:
    """Run one step of the installation; explain it when it fails."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError as problem:
        explain(str(problem))
        return
    if done.returncode:
        explain(done.stdout + done.stderr)


def make(lock: str = "requirements.lock") -> Path:
    """Return the Python of an environment that holds exactly ``lock``; make or mend it when
    needed.
    """
    if sys.version_info[:2] < MINIMUM:
        stop("old", has=".".join(map(str, sys.version_info[:2])))
    home = Path(os.environ.get("KNOOPPUNT_VENV", ROOT / ".venv"))
    python = home / "bin" / "python"
    wanted = hashlib.sha256(
        (ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    ).hexdigest()
    stamp = home / f"{lock}.done"
    if stamp.exists() and stamp.read_text() == wanted and python.exists():
        return python
    print(sentence("first"), flush=True)
    try:
        build(home, python, lock)
        stamp.write_text(wanted)
    except OSError as problem:
        explain(str(problem))
    return python


def build(home: Path, python: Path, lock: str) -> None:
    """Make the environment anew when it is absent or broken, and install the locked parts."""
    works = (
        python.exists()
        and subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0
    )
    if not works:
        shutil.rmtree(home, ignore_errors=True)
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(home)], capture_output=True, text=True
        )
        if made.returncode:
            shutil.rmtree(home, ignore_errors=True)
            if "No space" in made.stdout + made.stderr:
                stop("disk")
            stop("venv")
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "--retries", "2", "--timeout", "20", "-r", lock])
    run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "-e", "."])


if __name__ == "__main__":
    make()
