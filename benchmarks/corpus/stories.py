"""Who publishes what: sources, stories and their copies, and what comes later. The truth that a run is held to.

A story is what two entries have in common that are duplicates. All copies of one have either its address, dressed with
tracking parameters, or its words, each under an address of its own.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from corpus.words import LANGUAGES, Words

BASE = datetime(2026, 3, 2, 12, tzinfo=UTC)
TICK = timedelta(minutes=30)
NEWS = 0.2
"""Share of the sources that have something new at a tick."""

# of each hundred sources
_FORMATS = ("rss",) * 56 + ("atom",) * 25 + ("rdf",) * 6 + ("json",) * 5 + ("page",) * 8
_BREAKAGES = ("ampersand", "entity", "junk", "control", "label", "prefix", "cut", "quotes")
_XML = frozenset({"rss", "atom", "rdf"})
_PLATFORMS = 12
_TRACKING = ("utm_source=feed", "utm_medium=rss", "utm_campaign=news", "fbclid=IwAR1x", "yclid=71394", "_openstat=abc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened, as its first publisher wrote it."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    url: str
    author: str
    tags: tuple[str, ...]
    image: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A story in a source."""

    story: Story
    url: str
    guid: str
    date: datetime


@dataclass(slots=True, kw_only=True)
class Source:
    """A feed or a page, with its habits.

    Attributes:
        number: From 0.
        format: rss, atom, rdf, json or page.
        language: ru or en.
        encoding: Of its bytes.
        host: Number of the machine that it is on; a third of the sources share a few.
        site: Host name in its articles' addresses.
        title: Its own name.
        full: Whether it gives whole articles, or teasers.
        cdata: Whether its markup is in CDATA sections, or escaped.
        guids: link, urn or none.
        dates: good, sloppy or none.
        footer: Whether its articles end with a line that asks for subscribers.
        breakage: In what way its document is broken; empty: it is not.
        entries: The newest first.
    """

    number: int
    format: str
    language: str
    encoding: str
    host: int
    site: str
    title: str
    full: bool
    cdata: bool
    guids: str
    dates: str
    footer: bool
    breakage: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def id(self) -> str:
        """As in the configuration and in the truth."""
        return f"s{self.number:04}"


class World:
    """All sources at one moment; `tick` lets time go on."""

    def __init__(self, count: int, seed: int) -> None:
        self._random = random.Random(seed)
        self._words = {code: Words(language, seed) for code, language in LANGUAGES.items()}
        self._stories = 0
        self.now = BASE
        self.told: list[tuple[int, Source, Entry]] = []
        """Every entry that was ever there, with its story's number and its source."""
        self.sources = [self._source(number, _FORMATS[47 * number % len(_FORMATS)]) for number in range(count)]
        self._break(max(round(0.08 * count), len(_BREAKAGES)))
        self._fill({source.number: self._random.randint(20, 30) for source in self.sources}, timedelta(days=4))

    def tick(self) -> list[Source]:
        """Half an hour goes by; the sources that have one or two new entries, in place of their oldest."""
        self.now += TICK
        chosen = self._random.sample(self.sources, max(round(NEWS * len(self.sources)), 1))
        self._fill({source.number: self._random.randint(1, 2) for source in chosen}, TICK)
        return chosen

    # -- sources

    def _source(self, number: int, format_: str) -> Source:
        chance = self._random.random
        language = "ru" if chance() < 0.5 else "en"
        encoding = "utf-8"
        if language == "ru" and format_ in {"rss", "rdf", "page"} and chance() < 0.25:
            encoding = "koi8-r" if format_ == "rss" and chance() < 0.25 else "windows-1251"
        shared = chance() < 0.35
        host = self._random.randrange(_PLATFORMS) if shared else _PLATFORMS + number
        return Source(
            number=number,
            format=format_,
            language=language,
            encoding=encoding,
            host=host,
            site=f"blog{number}.platform{host}.example" if shared else f"site{number}.example",
            title=f"{self._words[language].name()} & {self._words[language].name()}",
            full=format_ != "page" and chance() < 0.7,
            cdata=chance() < 0.6,
            guids=self._random.choices(("link", "urn", "none"), (55, 38, 7))[0] if format_ != "page" else "none",
            dates=self._random.choices(("good", "sloppy", "none"), (92, 4, 4))[0],
            footer=chance() < 0.3,
            breakage="",
        )

    def _break(self, count: int) -> None:
        """Each way of breaking as often as the others, where it can occur."""
        whole = [it for it in self.sources if it.format in _XML and it.encoding == "utf-8"]
        for number in range(count):
            way = _BREAKAGES[number % len(_BREAKAGES)]
            if found := next((it for it in whole if _can_break(it, way)), None):
                whole.remove(found)
                found.breakage = way

    # -- entries

    def _fill(self, room: dict[int, int], span: timedelta) -> None:
        """Give each source as many entries as it has room for, dated within the last `span`."""
        count = dict(room)
        slots = [number for number, free in room.items() for _ in range(free)]
        self._random.shuffle(slots)
        new: dict[int, list[Entry]] = {number: [] for number in room}
        for number in slots:
            if room[number]:
                room[number] -= 1
                first = self.sources[number]
                story = self._story(first)
                date = self.now - span * self._random.random()
                new[number].append(self._entry(first, story, story.url, date))
                for copier, url in self._copies(first, story, room):
                    room[copier.number] -= 1
                    later = min(date + timedelta(minutes=self._random.randint(1, 200)), self.now)
                    new[copier.number].append(self._entry(copier, story, url, later))
        for number, entries in new.items():
            source = self.sources[number]
            kept = source.entries[: len(source.entries) - count[number]] if source.entries else []
            source.entries = sorted(entries, key=lambda it: it.date, reverse=True) + kept

    def _story(self, source: Source) -> Story:
        chance, words = self._random.random, self._words[source.language]
        self._stories += 1
        number = self._stories
        wanted = min(max(self._random.lognormvariate(7.8, 0.5), 1000), 6000)  # bytes of text
        weight = 2 if source.language == "ru" else 1
        paragraphs = [words.paragraph()]
        while sum(map(len, paragraphs)) * weight < wanted:
            paragraphs.append(words.paragraph())
        slug = _hex(f"{number} {paragraphs[0]}", 6)
        path = f"/news.php?id={100_000 + number}" if source.number % 7 == 3 else f"/{self.now:%Y/%m}/{slug}-{number}/"
        return Story(
            number=number,
            title=words.title(),
            paragraphs=tuple(paragraphs),
            url=f"https://{source.site}{path}",
            author=words.name(),
            tags=tuple(words.take(self._random.randint(0, 4))),
            image=f"https://cdn.{source.site}/{slug}.jpg" if chance() < 0.5 else "",
        )

    def _copies(self, first: Source, story: Story, room: dict[int, int]) -> list[tuple[Source, str]]:
        """One story in seven is taken over by one to three others, each with the address under which it has it."""
        if self._random.random() > 1 / 7:
            return []
        same_words = self._random.random() < 0.5
        free = [number for number in room if room[number] and number != first.number]
        others = [self.sources[it] for it in self._random.sample(free, min(8, len(free)))]
        able = [it for it in others if it.language == first.language and (it.full == first.full or not same_words)]
        return [
            (it, _own_address(it, story) if same_words else self._dressed(story.url))
            for it in able[: self._random.randint(1, 3)]
        ]

    def _dressed(self, url: str) -> str:
        """The address as somebody else passes it on."""
        url = url.replace("https://", self._random.choice(("https://", "https://", "http://", "https://www.")))
        dress = "&".join(self._random.sample(_TRACKING, self._random.randint(1, 3)))
        return f"{url}{'&' if '?' in url else '?'}{dress}{self._random.choice(('', '', '#comments'))}"

    def _entry(self, source: Source, story: Story, url: str, date: datetime) -> Entry:
        guid = f"urn:uuid:{_uuid(f'{source.number} {story.number}')}" if source.guids == "urn" else url
        entry = Entry(story=story, url=url, guid="" if source.guids == "none" else guid, date=date)
        self.told.append((story.number, source, entry))
        return entry


def _can_break(source: Source, way: str) -> bool:
    match way:
        case "label":
            return source.language == "ru"
        case "prefix" | "quotes" | "cut":
            return source.format == "rss"
        case _:
            return True


def _own_address(copier: Source, story: Story) -> str:
    return f"https://{copier.site}/copy/{_hex(f'{copier.number} {story.number}', 6)}"


def _hex(text: str, size: int) -> str:
    return blake2b(text.encode(), digest_size=size).hexdigest()


def _uuid(text: str) -> str:
    whole = _hex(text, 16)
    return "-".join((whole[:8], whole[8:12], whole[12:16], whole[16:20], whole[20:]))
