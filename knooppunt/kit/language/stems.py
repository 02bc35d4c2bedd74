"""Takes the endings off words, so that “tuinen” is found by “tuin” and “borçlarım” by “borç”."""

from __future__ import annotations

from functools import lru_cache

import snowballstemmer

from knooppunt.kit.text import fold, normalise

LONGEST = 40
# Words that say nothing about what somebody looks for, in the languages that are typed most.
STOP = frozenset(
    """de het een en of in op aan van voor met bij naar om te is ik je mijn we wij ons onze mij me
    jij u er die dat dit deze daar hier wat waar wie
    hoe kan kun moet wil wilt graag zoek zoeken heb heeft hebben ben zijn was niet geen wel ook nog
    maar als dan tot uit door over onder iemand iets
    zonder zit sta loop woon mn zn ff even nodig verzonnen alle alles al zo zich haar hem hun hen ze
    zij hij worden wordt kunnen mag mogen gaan gaat doen doet goed goede veel meer
    the a an and or in on at of for with to from is are am be i you my me we our us where what who
    how can could want need looking find there some
    bir ve bu ben bana icin için var yok ile ne nerede mi mı yardım yardim lazım lazim istiyorum
    arıyorum ariyorum gerek
    um uma o os as e de do da em no na para com que eu meu minha onde preciso precisar ajuda quero
    procuro tenho
    un una el la los las y en con para que yo mi donde ayuda necesito quiero busco tengo
    i w z na do jest sie mam gdzie pomoc pomocy potrzebuje szukam chce
    mi ta un na di pa ku yudansa mester buska
    في من على الى إلى عن أنا انا هل أين اين مع مساعدة مساعده اريد أريد احتاج أحتاج ابحث أبحث بدي
    عندي""".split()
)
_ARABIC_BEFORE = ("وال", "بال", "فال", "كال", "لل", "ال")
_ARABIC_AFTER = ("ات", "ين", "ون", "ها", "نا", "كم", "هم", "ه", "ي", "ا", "ء")
_SNOWBALL = {
    "nl": "dutch_porter",
    "en": "english",
    "tr": "turkish",
    "pt": "portuguese",
    "es": "spanish",
    "pl": "polish",
}
_stemmers = {code: snowballstemmer.stemmer(name) for code, name in _SNOWBALL.items()}
# Stems of languages that write few accents on a phone are compared without them.
_TURKISH = str.maketrans("ı", "i")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its Dutch ending; words in other scripts and short words as they are."""
    if len(word) < 4 or not word.isascii():
        return word[:LONGEST]
    return str(_stemmers["nl"].stemWord(word))[:LONGEST] or word[:LONGEST]


def words(text: str) -> list[str]:
    """The words of a text, normalised; single letters are no words."""
    return [word for word in normalise(text).split() if len(word) > 1 or word.isdecimal()]


def telling(text: str) -> list[str]:
    """The words that say something."""
    return [word for word in words(text) if word not in STOP]


@lru_cache(maxsize=100_000)
def light(word: str) -> str:
    """A word as words of any language are compared: folded, without the Arabic article and what
    hangs before it.
    """
    plain = (
        fold(word)
        .replace("ى", "ي")
        .replace("ة", "ه")
        .replace("أ", "ا")
        .replace("إ", "ا")
        .replace("آ", "ا")
    )
    plain = plain.translate(_TURKISH)
    before = next(
        (part for part in _ARABIC_BEFORE if plain.startswith(part) and len(plain) - len(part) >= 3),
        "",
    )
    return plain[len(before) :]


@lru_cache(maxsize=100_000)
def root(language: str, word: str) -> str:
    """A light word without what a language hangs on it; the word itself for a language without
    a stemmer.
    """
    if language == "ar":
        return _arabic(word)
    stemmer = _stemmers.get(language)
    return str(stemmer.stemWord(word)) or word if stemmer and len(word) > 3 else word


def _arabic(word: str) -> str:
    """Without “and”, the sign of the person before a verb, and the usual endings; at least
    three letters stay.
    """
    for sign in ("و", "ف", "ل", "ب", "ن", "ت", "ي", "ا"):
        if word.startswith(sign) and len(word) > 3:
            word = word[1:]
            if sign in "نتيا":
                break
    for ending in _ARABIC_AFTER:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
    return word
