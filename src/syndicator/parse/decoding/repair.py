"""Repair markup that is nearly XML, and name each kind of repair in a warning.

It is one pass over the tags with a stack, linear in the length of the text. CDATA sections stay as they are.
"""

import html.entities
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML 1.0 does not allow (section 2.2)."""
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|opml)(?=[\s>/])", re.IGNORECASE)
"""The start tag of a feed or subscription list."""
_ANY_ROOT = re.compile(r"<[^\W\d][\w.:-]*")
"""The start tag of any element."""
_ENDS = re.compile(r"</(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|opml)\s*>", re.IGNORECASE)
"""The end tag of a feed or subscription list."""
_END = 1024
"""Characters at the end of a document in which its root's end tag stands, unless the document was cut off."""
_JUNK_LIMIT = 64 * 1024
"""Characters at the beginning of a text in which the root is looked for."""
_PROLOGUE = re.compile(r"(?:\s++|<!--.*?-->|<\?.*?\?>)*+", re.DOTALL)
"""What may stand before the root: white space, comments and instructions."""
_TAG = re.compile(
    r"""<(?:
        (?P<special> !\[CDATA\[ | !-- | [?!] )
      | (?P<end>/)? (?P<name>[^\W\d][\w.:-]*+)
        (?P<attributes>
            (?: [^<>"']++ | "(?:[^"<]|<(?![\w/!?]))*+" | '(?:[^'<]|<(?![\w/!?]))*+' )*+  # a < in a value that is no tag
          | [^<>]*+                                                                     # quotes that do not pair
        )>
    )""",
    re.VERBOSE,
)
"""A tag, or the beginning of something between angle brackets that is none (`special`, see `_TERMINATORS`)."""
_ATTRIBUTE = re.compile(r"""([^\W\d][\w.:-]*+)\s*+(?:=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")
"""An attribute: its name, and its value in double quotes, in single quotes, or without; it may have none."""
_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});)")
"""An `&` that begins no reference to a character or entity."""
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(#?[A-Za-z0-9]{1,32});")
"""A reference to a character, or to an entity that XML itself does not define."""
_CUT_REFERENCE = re.compile(r"&#?\w{0,31}\Z")
"""A reference that is cut off at the end of a document."""
_VOID = frozenset({"br", "hr", "img", "input", "wbr", "embed", "col"})
"""HTML's void elements, except for those whose names feeds have, too (link, source)."""
_ENTRIES = frozenset({"item", "entry"})
"""Elements that are entries, which never stand inside each other."""
_PLAIN = frozenset({"link", "guid", "pubdate", "comments", "id", "updated", "published", "enclosure"})
"""Elements of feeds that hold only text, or nothing."""
_FLAT = _PLAIN | {"atom:link", "itunes:image", "media:thumbnail"}
"""Elements that hold no others: if one begins inside them, they were not closed, as HTML's `link` never is."""
_LINES = frozenset({"title", "category"})
"""Elements that hold a line of text, perhaps with markup."""
_MEMBERS = _PLAIN | _LINES | {"description", "summary", "content", "content:encoded", "author", "outline"}
"""Elements that cannot stand inside one of `_LINES`: if one begins there, the line was not closed."""
_TERMINATORS = {"![CDATA[": "]]>", "!--": "-->", "?": ">", "!": ">"}
"""How sections end that are no tags, by how they begin behind the `<`."""
_MAX_DEPTH = 256
"""The most levels of elements, which is libxml2's limit; deeper ones are left out."""
_MAX_TAGS = 400_000
"""The most tags of one document that are read."""


@dataclass(slots=True)
class _Mender:
    """The state of the pass.

    Attributes:
        out: The repaired document so far, in pieces.
        open: The names of the open elements, the outermost first.
        times: How often each name stands in `open`.
        mended: The warnings, in the order of their first occurrence.
        missing: Terminators of sections that do not occur any more.
    """

    out: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    times: Counter[str] = field(default_factory=Counter)
    mended: dict[str, None] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    def find(self, text: str, terminator: str, position: int) -> int:
        """Find the next terminator, -1 if there is none; each one is missed only once, which keeps the pass linear."""
        found = -1 if terminator in self.missing else text.find(terminator, position)
        if found < 0:
            self.missing.add(terminator)
        return found

    def text(self, text: str) -> None:
        """Write text between tags."""
        text = self.references(text)
        if "<" in text:
            self.mended["Signs < that start no tag were taken as text."] = None
            text = text.replace("<", "&lt;")
        self.out.append(text.replace("]]>", "]]&gt;"))

    def references(self, text: str) -> str:
        """Resolve HTML's entities, and escape each `&` that begins no reference."""
        if "&" not in text:
            return text
        escaped = _BARE_AMPERSAND.sub("&amp;", text)
        if escaped != text:
            self.mended["Signs & that start no reference were taken as text."] = None
        resolved = _REFERENCE.sub(_resolve, escaped)
        if resolved != escaped:
            self.mended["Entities that XML does not know were resolved, or taken as text."] = None
        return resolved

    def start(self, name: str, attributes: str) -> None:
        """Write a start tag, or an empty element."""
        empty = attributes.endswith("/")
        if name in _ENTRIES:
            while self.times[name]:
                self.close("An entry begins before the previous one ends.")
        leaf = self.open[-1].lower() if self.open else ""
        if leaf in _FLAT or (leaf in _LINES and name.lower() in _MEMBERS):
            self.close("Elements without an end tag were closed.")
        if len(self.open) >= _MAX_DEPTH - 1:
            self.mended[f"Elements deeper than {_MAX_DEPTH} levels were left out."] = None
            return
        self.out.append(f"<{name}{self.attributes(attributes.rstrip('/'))}")
        if empty or name.lower() in _VOID:
            self.out.append("/>")
        else:
            self.out.append(">")
            self.open.append(name)
            self.times[name] += 1

    def attributes(self, text: str) -> str:
        """Write attributes, each with a value in quotes; of two with one name the first counts."""
        if not text or text.isspace():
            return ""
        found: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(text):
            found.setdefault(name, double or single or bare)
        return "".join(
            f' {name}="{self.references(value).replace("<", "&lt;").replace(chr(34), "&quot;")}"'
            for name, value in found.items()
        )

    def end(self, name: str) -> None:
        """Close an element with all that is open inside it; an end tag without a start tag is left out."""
        if not self.times[name] and self.open and _local(self.open[-1]) == _local(name):  # prefix or case differs
            self.close("End tags that are spelled differently from their start tags were matched to them.")
        elif not self.times[name]:
            if name.lower() not in _VOID:
                self.mended["End tags without a start tag were left out."] = None
        else:
            while self.open[-1] != name:
                self.close("Elements without an end tag were closed.")
            self._pop()

    def close(self, warning: str) -> None:
        """Close the innermost open element, which has no end tag."""
        self.mended[warning] = None
        self._pop()

    def _pop(self) -> None:
        name = self.open.pop()
        self.times[name] -= 1
        self.out.append(f"</{name}>")


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _resolve(reference: re.Match[str]) -> str:
    """Rewrite a reference to an entity of HTML, or to a character, so that XML understands it."""
    name = reference[1]
    if name.startswith("#"):
        value = int(f"0{name[1:]}", 0) if name[1] in "xX" else int(name[1:])
        allowed = value in {9, 10, 13} or 0x20 <= value <= 0xD7FF or 0xE000 <= value <= 0xFFFD
        return f"&#{name[1:].lower()};" if allowed or 0x10000 <= value <= 0x10FFFF else ""
    if character := html.entities.html5.get(f"{name};"):
        return html.escape(character)
    return f"&amp;{name};"


class Repaired(NamedTuple):
    """A document that was repaired.

    Attributes:
        text: The document, well-formed or nearly so.
        warnings: A sentence for each kind of repair.
        cut: Names, as written, of the elements that were open at its end, the outermost first; empty: it is complete.
    """

    text: str
    warnings: tuple[str, ...]
    cut: tuple[str, ...] = ()


def repair(text: str) -> Repaired:
    """Make XML of markup that is nearly XML.

    Text around the document and control characters are removed; references, stray `<` and `&`, attributes without
    quotes and missing end tags are repaired. Undeclared namespace prefixes are left to the caller.
    """
    mender = _Mender()
    clean = _CONTROLS.sub("", text)
    if clean != text:
        mender.mended["Control characters were removed."] = None
    root = _ROOT.search(clean, 0, _JUNK_LIMIT) or _ANY_ROOT.search(clean, 0, _JUNK_LIMIT)
    if root and root.start():
        if not _PROLOGUE.fullmatch(clean, 0, root.start()):
            mender.mended["Text before the document was left out."] = None
        clean = clean[root.start() :]
    cut = _mend(clean, mender)
    return Repaired("".join(mender.out), tuple(mender.mended), cut)


def _mend(text: str, mender: _Mender) -> tuple[str, ...]:
    """Write the document with which the text begins; returns the names of the elements that were open at its end."""
    position, tags = 0, 0
    is_whole = _ENDS.search(text, max(0, len(text) - _END)) is not None
    while (tag := _TAG.search(text, position)) and tags < _MAX_TAGS:
        mender.text(text[position : tag.start()])
        position, tags = tag.end(), tags + 1
        if tag["special"]:
            position = _mend_section(text, position, tag["special"], mender, is_whole=is_whole)
            continue
        if tag["end"]:
            mender.end(tag["name"])
        else:
            mender.start(tag["name"], tag["attributes"])
        if not mender.open:
            break
    rest = text[position:]
    if not mender.open or tag:  # the root was closed, or there are too many tags
        if rest.strip():
            mender.mended["Text after the document was left out."] = None
    else:
        mender.text(_uncut(rest))
    cut = tuple(mender.open[:-1] if rest.rpartition("<")[2].startswith("/") else mender.open)  # cut in an end tag
    while mender.open:
        mender.close("The document is incomplete; what is there was read.")
    return cut


def _mend_section(text: str, start: int, opening: str, mender: _Mender, *, is_whole: bool) -> int:
    """Write a CDATA section, or leave out a comment, declaration or instruction; return the position behind it.

    Args:
        text: The document.
        start: The position behind the section's opening.
        opening: How it opens, a key of `_TERMINATORS`.
        mender: Writes the document.
        is_whole: Whether the document is not cut off, so that a section without an end is a mistake.
    """
    terminator = _TERMINATORS[opening]
    end = mender.find(text, terminator, start)
    if opening != "![CDATA[":
        return start if end < 0 else end + len(terminator)
    if end < 0 and is_whole:
        mender.mended["CDATA sections without an end were taken as markup."] = None
        return start
    content = _uncut(text[start:]) if end < 0 else text[start:end]
    mender.out.append(f"<![CDATA[{content}]]>")
    return len(text) if end < 0 else end + len(terminator)


def _uncut(text: str) -> str:
    """Remove a tag or reference that is cut off at the end of a truncated document."""
    start = text.rfind("<")
    if start >= 0 and ">" not in text[start:]:
        text = text[:start]
    return _CUT_REFERENCE.sub("", text)
