"""Tell which class names a new build of a site will keep: words that people chose, not hashes, states or styles."""

import re
from functools import lru_cache

from lxml.html import HtmlElement

_LONGEST = 50
"""The most characters of a name."""
_MOST = 500
"""Characters of an attribute that are read."""
_NAME = re.compile(r"[A-Za-z](?:[A-Za-z]|[-_](?=[A-Za-z_-]))*")
"""A name of letters, between which hyphens and underscores may stand, one or several."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_.#]+")
"""Where a name is parted into words: before a capital behind a small letter, and at hyphens, points and the like."""
_BUILT = re.compile(r"(?:css|sc|jsx|emotion|svelte|astro|ng|data|js|wp-container|is|has|no)-|makeStyles|Mui")
"""The beginning of a class that a build tool or a script gives, or of one that tells a state."""
_CLUSTER = re.compile(r"[^aeiouyAEIOUY]{5}")
"""Five letters without a vowel, as hashes have and words hardly ever."""
_SPELT = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
"""A word in one of the usual spellings: small letters, perhaps with a first capital, or all capitals."""
_MIXED = re.compile(r"(?<![A-Za-z])[a-z]{2}(?=[A-Z])")
"""Two small letters before a capital, as in the hash `dnXauq`, but not in `eTitle`."""
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
"""A vowel."""
_COUNTED = frozenset("active current even first hidden last loaded loading odd open selected visible".split())
"""Words for a state of an element, or for its place in a row."""
_STYLED = frozenset(
    "absolute align animated bg block border center clear clearfix col column columns container d flex float font full "
    "grid group h hover inline items justify large layout lazy lazyload leading left lg m max mb md min ml mr mt mx my "
    "object overflow p pb pl pr pt px py relative right rounded row shadow sm small space text tracking transition w "
    "wow xl xs z".split()
)
"""Words of style sheets made for any page, alone or as the first of several."""
_FILED = frozenset({"category", "format", "status", "tag", "type"})
"""Words that WordPress puts before a name that differs from article to article."""
_MICROFORMATS = re.compile(r"(?:h-(?:entry|feed)|(?:p|u|dt|e)-(?:name|url|published|summary|photo|content))")
"""Classes of microformats2, which are stable though their words are short."""


@lru_cache(maxsize=10_000)
def is_stable(name: str) -> bool:
    """Whether a class name or an id is made of words, so that a new build of the site keeps it."""
    if _MICROFORMATS.fullmatch(name):
        return True
    if len(name) > _LONGEST or not _NAME.fullmatch(name) or _BUILT.match(name):
        return False
    parts = words_in(name)
    if not parts or _COUNTED.intersection(parts) or (len(parts) > 1 and parts[0] in _FILED):
        return False
    if not all(map(_SPELT.fullmatch, (it for it in _HUMP.split(name) if it))):
        return False
    if _MIXED.search(name):
        return False
    long = sum(len(it) >= 4 for it in parts)
    return long > any(len(it) < 3 for it in parts[1:]) and not any(_is_noise(it) for it in parts)


def stable_names(element: HtmlElement) -> list[str]:
    """The stable class names of an element, in order."""
    names = (element.get("class") or "")[:_MOST].split()
    return [it for it in names if is_stable(it) and (words_in(it)[0] not in _STYLED or _MICROFORMATS.fullmatch(it))]


def stable_id(element: HtmlElement) -> str:
    """The id of an element, if it is stable; else an empty string."""
    name = element.get("id") or ""
    return name if is_stable(name) else ""


def words_in(name: str) -> list[str]:
    """The words of a name, in small letters: `newsItem__date-time` has four."""
    return [it.lower() for it in _HUMP.split(name) if it]


def parts_of(element: HtmlElement) -> set[str]:
    """All words of an element's class and id."""
    names = f"{(element.get('class') or '')[:_MOST]} {(element.get('id') or '')[:_MOST]}".split()
    return {*names, *(it for name in names for it in words_in(name))}


def _is_noise(word: str) -> bool:
    return len(word) >= 4 and (not _VOWEL.search(word) or bool(_CLUSTER.search(word)))
