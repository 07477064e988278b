"""The tools with which kinds are made: one family of entries at a time, each with dice of its own."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from html import escape

from .edits import Piece, framed, write
from .lexicon import Language, Plot, plot
from .sources import Entry, Source

POLLS = 8
GAP = timedelta(hours=12)
START = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)


@dataclass
class Maker:
    """Makes one family.

    Attributes:
        language: It writes in.
        others: All languages, by code.
        kind: What is made.
        family: Its name.
        dice: Of this family alone: other sizes and kinds change nothing of it.
        sources: By language and role.
        entries: What was made.
    """

    language: Language
    others: dict[str, Language]
    kind: str
    family: str
    dice: random.Random
    sources: dict[str, dict[str, list[Source]]]
    entries: list[Entry] = field(default_factory=list)

    def plot(self, topic: int | None = None) -> Plot:
        """What a new story is about."""
        return plot(self.language, self.dice, topic)

    def piece(self, least: int = 60, most: int = 600, about: Plot | None = None) -> Piece:
        """A new text of so many words, more often a short one."""
        words = least + int((most - least) * self.dice.random() ** 1.6)
        return write(self.language, about or self.plot(), words)

    def pick(self, role: str, count: int = 1, code: str = "") -> list[Source]:
        """Different sources of a sort."""
        return self.dice.sample(self.sources[code or self.language.code][role], count)

    def poll(self, room: int = 2) -> int:
        """When the first of a family may come, if the others come within so many polls."""
        return self.dice.randrange(POLLS - room)

    def show(
        self,
        source: Source,
        piece: Piece,
        story: str,
        poll: int,
        *,
        kind: str = "",
        url: str = "",
        guid: str = "",
        html: str = "",
    ) -> Entry:
        """Publish it.

        Args:
            source: Who does.
            piece: What it says.
            story: Which story of the family it tells.
            poll: From when on.
            kind: "original", if it is not what is measured.
            url: Its address, if it is not one of the source's own.
            guid: Its id, likewise.
            html: Its body, if it is more than paragraphs.
        """
        name = _hex(f"{self.family} {len(self.entries)}")
        own = f"https://{source.host}{self._path(name, piece.title)}"
        whole = framed(piece, source.header, source.footer)
        entry = Entry(
            source=source,
            guid=guid or _guid(source, name, url or own),
            url=url or own,
            title=piece.title,
            html=html or markup(whole.paragraphs, self.dice.choice(_MARKUPS)),
            date=START + GAP * poll - timedelta(minutes=self.dice.randint(1, 600)),
            poll=poll,
            story=f"{self.family} {story}",
            kind=kind or self.kind,
            family=self.family,
        )
        self.entries.append(entry)
        return entry

    def original(self, piece: Piece, poll: int, source: Source | None = None, story: str = "a") -> Entry:
        """The article that others copy or speak of."""
        return self.show(source or self.pick("plain")[0], piece, story, poll, kind="original")

    def copier(self, first: Entry, role: str = "plain") -> Source:
        """Another source."""
        return self.dice.choice([it for it in self.sources[self.language.code][role] if it.host != first.source.host])

    def later(self, first: Entry) -> int:
        """In the same poll or one of the next two."""
        return min(first.poll + self.dice.choice((0, 0, 1, 2)), POLLS - 1)

    def _path(self, name: str, title: str) -> str:
        number = int(name[:7], 16)
        slug = _hex(title)[:6]
        return (f"/news/{number}", f"/2026/03/{slug}-{number}.html", f"/articles/{slug}/{number}/", f"/?id={number}")[
            number % 4
        ]


Make = Callable[[Maker], None]
_MARKUPS = ("<p>{}</p>", "<p>{}</p>\n", '<div class="text">{}</div>', "{}<br><br>")


def markup(paragraphs: tuple[str, ...], each: str = "<p>{}</p>") -> str:
    """HTML of plain paragraphs."""
    return "".join(each.format(escape(it, quote=False)) for it in paragraphs)


def _guid(source: Source, name: str, url: str) -> str:
    match source.guids:
        case "number":
            return str(int(name[:8], 16))
        case "tag":
            return f"tag:{source.host},2026:{name}"
        case "urn":
            return f"urn:uuid:{name[:8]}-{name[8:12]}-4{name[13:16]}-8{name[17:20]}-{name[20:32]}"
        case _:
            return url


def _hex(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
