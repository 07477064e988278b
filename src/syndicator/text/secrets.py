"""Secrets inside addresses: find them, and redact them in texts that people may see.

Whether a string is a secret or a word is guessed. In doubt it is hidden: an operator can declare a source public, but
nobody can take back a token that was published.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html.entities import codepoint2name
from urllib.parse import unquote, unquote_plus

from syndicator.text.urls import absolute

_REDACTED = "(private)"
SHORTEST = 4
"""The fewest characters of a secret; shorter strings occur by chance: redacting them ruins texts and hides nothing."""

_SECRET_NAMES = frozenset(
    {"auth", "bearer", "credential", "credentials", "hash", "hmac", "jwt", "pass", "passwd", "pw", "pwd"}
    | {"session", "sessionid", "sid", "sig", "sign"}
)
_SECRET_WORDS = re.compile("token|secret|password|signature|key$")
# Ids that look random and are public: every YouTube feed has one.
_PUBLIC_NAMES = frozenset({"channelid", "playlistid"})

_PARTS = re.compile(
    r"(?:[^/?#]*//(?P<authority>[^/?#]*))?(?P<path>[^?#]*)\??(?P<query>[^#]*)#?(?P<fragment>.*)", re.DOTALL
)
_PIECE = re.compile("[A-Za-z0-9]+")
_WORD_OR_NUMBER = re.compile("[A-Za-z]+[0-9]{0,6}|[0-9]+[A-Za-z]{0,2}")
_CASE_FLIP = re.compile("[a-z][A-Z]")
_EXTENSION = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
_PLAIN = re.compile(r"[^0-9]{1,11}|[A-Za-z]{1,19}|.{1,7}")
"""Matches the value of a header field that texts may contain by chance: "true", "Moscow", "text/html"."""
_UNBROKEN = re.compile("[A-Za-z0-9]{20,}")
_ESCAPE_OR_OTHER = re.compile("%[0-9A-Fa-f]{2}|[^A-Za-z0-9]")
_ESCAPE_OR_CHARACTER = re.compile("%[0-9A-Fa-f]{2}|.", re.DOTALL)


def looks_private(url: str) -> bool:
    """Whether the address itself grants access: it holds a user or password, or its query a token.

    A token is a parameter with a telling name (`token`, `api_key`, `sid`, …), or a value of 20 characters or more
    that looks random.
    """
    address = absolute(url)
    parts = _split(address or url)
    # An "@" in a text that is no valid address may follow a password that should have been escaped.
    userinfo = "@" in (parts["authority"] if address else url)
    return userinfo or any(_is_token(name, value) for name, value in _pairs(parts["query"]))


def secrets_in(url: str) -> tuple[str, ...]:
    """The strings that must not be seen anywhere when the address is private, the longest first.

    The address itself, as given and normalized; user and password; the query's values, all of them as soon as one is
    a token; path segments that look like tokens; the whole path of a file; each as written and percent-decoded.
    """
    found = {url, url.strip(), absolute(url)}
    for address in tuple(found):
        parts = _split(address)
        if address.startswith("file:"):
            found.add(parts["path"])
        userinfo = parts["authority"].rpartition("@")[0]
        found.update((userinfo, *userinfo.split(":", maxsplit=1)))
        found.update(_query_secrets(parts["query"]))
        found.update(_query_secrets(parts["fragment"]))
        for segment in filter(_is_token_segment, parts["path"].split("/")):
            found.update((segment, _EXTENSION.sub("", segment)))
    found.update([form for text in tuple(found) for form in (unquote(text), unquote_plus(text))])
    return tuple(sorted((text for text in found if len(text) >= SHORTEST), key=lambda text: (-len(text), text)))


def secrets_in_field(name: str, value: str) -> tuple[str, ...]:
    """The secrets in a header field that is sent to a private source: its value, and its parts, as a cookie has them.

    A value that texts may contain by chance is no secret, unless the field's name says so; nor is the value of a field
    that only says what is wanted (`Accept`, …).
    """
    if name.lower().startswith("accept"):
        return ()
    found = [(name, value)]
    for part in re.split(r"[;,\s]+", value):
        key, equals, rest = part.partition("=")
        found.append((key, rest) if equals else (name, part))
    return tuple(it for key, it in found if len(it) >= SHORTEST and (_tells(key, it) or not _PLAIN.fullmatch(it)))


def _tells(name: str, value: str) -> bool:
    return any(_is_token(it, value) for it in (name, *re.split(r"[\W_]+", name)))


def without_secrets(url: str) -> str:
    """The address without user, password, query, fragment and token-like path segments.

    It still serves as a base for relative links. Empty if `absolute` gives no address.
    """
    address = absolute(url)
    if not address.startswith("http"):
        return re.split("[?#]", address, maxsplit=1)[0]
    parts = _split(address)
    *folders, last = parts["path"].split("/")
    kept = [folder for folder in folders if not _is_token_segment(folder)]
    path = "/".join([*kept, "" if _is_token_segment(last) else last])
    scheme = address.partition("//")[0]
    return f"{scheme}//{parts['authority'].rpartition('@')[2]}{path}"


def redact(text: str, secrets: Sequence[str]) -> str:
    """Replace each secret by `(private)`, however its characters are escaped: for URLs, HTML or JSON."""
    shown = tuple(form for form, run in _forms(tuple(secrets)) if run in text)
    return _pattern(shown).sub(_REDACTED, text) if shown else text


def _split(address: str) -> dict[str, str]:
    """The parts of an address, found by shape alone, so that an invalid address reveals no more than others."""
    match = _PARTS.fullmatch(address)
    return match.groupdict(default="") if match else dict.fromkeys(("authority", "path", "query", "fragment"), "")


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    """Names and values as written; a parameter without `=` is all value."""
    for pair in re.split("[&;]", query):
        name, equals, value = pair.partition("=")
        yield (name, value) if equals else ("", name)


def _query_secrets(query: str) -> Iterator[str]:
    pairs = tuple(_pairs(query))
    private = any(_is_token(name, value) for name, value in pairs)
    return (value for _, value in pairs if private or _is_token_segment(value))


def _is_token(name: str, value: str) -> bool:
    plain = re.sub(r"[\W_]", "", unquote(name).lower())
    if not value or plain in _PUBLIC_NAMES:
        return False
    if plain in _SECRET_NAMES or _SECRET_WORDS.search(plain):
        return True
    decoded = unquote(value)
    return len(decoded) >= 20 and _coined(decoded)


def _is_token_segment(segment: str) -> bool:
    bare = _EXTENSION.sub("", unquote(segment))
    return _coined(bare) or bool(_UNBROKEN.fullmatch(bare))


def _coined(text: str) -> bool:
    """Whether eight or more characters of a text stand in pieces that are neither words nor numbers."""
    return sum(len(piece) for piece in _PIECE.findall(text) if _is_coined(piece)) >= 8


def _is_coined(piece: str) -> bool:
    if piece.isalpha():
        return len(piece) >= 16 and len(_CASE_FLIP.findall(piece)) >= 4
    return not _WORD_OR_NUMBER.fullmatch(piece)


@lru_cache(maxsize=256)
def _forms(secrets: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The strings to search for, the longest first, each with its longest run of letters and digits.

    Such a run has only one spelling: for a text without it, the pattern, which is expensive to compile and to try, is
    not needed.
    """
    forms = {form for secret in secrets for form in (secret, unquote(secret)) if form}
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return tuple((form, max(_ESCAPE_OR_OTHER.split(form), key=len)) for form in longest_first)


@lru_cache(maxsize=256)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join("".join(map(_spellings, _ESCAPE_OR_CHARACTER.findall(form))) for form in forms))


def _spellings(written: str) -> str:
    """A pattern for one character, or one percent-escape, in every spelling in which it may occur."""
    if len(written) == 3:
        return f"(?i:%(?:25)?{written[1:]})"
    if written.isascii() and written.isalnum():
        return written
    code = ord(written)
    escaped = "".join(f"%{byte:02x}" for byte in written.encode("utf-8", "surrogatepass"))
    spellings = [
        f"(?i:{escaped})",
        f"(?i:&#(?:0*{code}|x0*{code:x});)",
        rf"(?i:\\u{code:04x})",
        rf"\\?{re.escape(written)}",
    ]
    if code in codepoint2name:
        spellings.insert(0, f"&{codepoint2name[code]};")
    if written == " ":
        spellings.append(r"\+")
    return f"(?:{'|'.join(spellings)})"
