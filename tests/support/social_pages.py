"""Pages of our own in the manner of real sites, with what is true of their links and credits, and how near we come.

A case is `NAME.html` in `tests/parse/social`. Its first comment is the truth, written by people, as TOML: `url`;
`links`, a line each: owner, kind, platform, handle (`-`: none); `credits`, a line each: role, name; `keep`: sentences
that must stay in the body; `gone`: words that must not; `list`: whether it lists articles. Two marks are filled when a
page is read: `<!--text:3-->` with so many paragraphs of running text, `<!--lines:3-->` with as many headlines. Their
language is the page's.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

from syndicator.model.article import Entry
from syndicator.model.social import SocialLink
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.model.web import Response
from syndicator.parse.normalize import normalize
from syndicator.parse.page import parse, parse_article

PAGES = Path(__file__).parents[1] / "parse" / "social"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
_TRUTH = re.compile(r"\A<!--\n(.*?)\n-->\n", re.DOTALL)
_MARK = re.compile(r"<!--(text|lines):(\d+)-->")
_OWN = frozenset({"publisher", "author", "article"})

_RU = (
    "Городские службы завершили проверку мостов, сообщили в департаменте транспорта. Осмотр занял три недели.",
    "По словам чиновника, средства на ремонт заложены в бюджет. Подрядчика выберут на открытом конкурсе.",
    "Жители соседних домов жаловались на шум, и работы решили проводить только днём. График согласовали с управой.",
    "Эксперты считают, что спрос на жильё вырастет к лету, а цены останутся прежними. Банки готовят новые программы.",
    "В библиотеке открылась выставка старых карт: самой древней больше четырёхсот лет. Вход свободный, но по записи.",
    "Синоптики обещают похолодание и мокрый снег, поэтому водителям советуют не спешить со сменой шин.",
    "Команда провела пять матчей подряд без поражений и вышла в финал турнира. Решающая игра пройдёт в субботу.",
    "Учёные описали новый вид рыб, который живёт на глубине двух километров и светится в темноте.",
    "Завод запустил вторую линию и нанял двести человек. До конца года обещают построить ещё один цех.",
    "Парк закроют на неделю: рабочие заменят освещение и покрасят скамейки. Потом начнётся посадка лип.",
    "Суд отложил заседание до января, потому что заболел один из адвокатов. Свидетелей вызовут повторно.",
    "Автобусный маршрут продлили до новой больницы. Интервал движения составит двенадцать минут в часы пик.",
)
_EN = (
    "The council voted late on Tuesday to keep the old market hall open for another year. Traders had asked for two.",
    "Engineers inspected every bridge in the county this spring and found that most of them need nothing but paint.",
    "Rents have risen faster than wages for a decade, according to figures published by the statistics office.",
    "A spokeswoman said the river would be closed to boats until the gates had been repaired and tested.",
    "The museum has put its collection of early maps on show, the oldest of which was drawn four centuries ago.",
    "Forecasters expect heavy rain over the weekend, and farmers have been told to move cattle to higher ground.",
    "The team has not lost at home since October, and the final will be played in front of a full stadium.",
    "Researchers described a fish that lives two kilometres below the surface and makes its own light.",
    "The plant will hire two hundred people when its second line opens, and a third is planned for next year.",
    "Passengers on the northern line face delays until the end of the month while the tracks are replaced.",
    "The hearing was adjourned until January because one of the lawyers had fallen ill the night before.",
    "Volunteers planted a thousand trees along the canal, most of them limes and maples from a local nursery.",
)
_HEADLINES = {
    "ru": ("Синоптики рассказали о погоде", "В парке высадили тысячу лип", "Автобусы поедут по новому маршруту"),
    "en": ("Council votes on the market hall", "Five recipes for one pan", "Trains to the north are late again"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A page, and what is true of it.

    Attributes:
        name: The file's.
        body: The page, its marks filled.
        url: Its address.
        links: Owner, kind, platform and handle of each link that matters.
        credits: Role and name.
        keep: Paragraphs that its body must have.
        gone: Words that it must not have.
        is_list: Whether it lists articles.
    """

    name: str
    body: bytes = field(repr=False)
    url: str
    links: frozenset[tuple[str, str, str, str]]
    credits: frozenset[tuple[str, str]]
    keep: tuple[str, ...]
    gone: tuple[str, ...]
    is_list: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was read from a page."""

    links: frozenset[tuple[str, str, str, str]]
    credits: frozenset[tuple[str, str]]
    text: str


@dataclass(slots=True)
class Tally:
    """True positives, false positives, false negatives."""

    hit: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        whole = 2 * self.hit + self.extra + self.missed
        return 2 * self.hit / whole if whole else 1.0

    def count(self, expected: Iterable[object], found: Iterable[object]) -> None:
        """Compare two sets."""
        true, seen = set(expected), set(found)
        self.hit += len(true & seen)
        self.extra += len(seen - true)
        self.missed += len(true - seen)


def cases(folder: Path = PAGES) -> list[Case]:
    """All cases of a folder."""
    return [_case(path) for path in sorted(folder.glob("*.html"))]


def _case(path: Path) -> Case:
    text = path.read_text(encoding="utf-8")
    hit = _TRUTH.match(text)
    assert hit is not None, f"{path.name} does not begin with its truth"
    truth = tomllib.loads(hit[1])
    page = text[hit.end() :]
    lang = "ru" if re.search('<html[^>]*lang="?ru', page) else "en"
    given: list[str] = []
    start = crc32(path.stem.encode())

    def fill(mark: re.Match[str]) -> str:
        nonlocal start
        pool, count = (_RU if lang == "ru" else _EN), int(mark[2])
        if mark[1] == "lines":
            lines = _HEADLINES[lang]
            return "".join(f'<li><a href="/n/{n}">{lines[(start + n) % len(lines)]}</a></li>' for n in range(count))
        texts = [pool[(start + n) % len(pool)] for n in range(count)]
        start += count
        given.extend(texts)
        return "\n".join(f"<p>{it}</p>" for it in texts)

    body = _MARK.sub(fill, page)
    return Case(
        name=path.stem,
        body=body.encode(),
        url=truth["url"],
        links=frozenset(_link(line) for line in truth.get("links", "").strip().splitlines()),
        credits=frozenset(_credit(line) for line in truth.get("credits", "").strip().splitlines()),
        keep=(*given, *truth.get("keep", ())),
        gone=tuple(truth.get("gone", ())),
        is_list=truth.get("list", False),
    )


def _link(line: str) -> tuple[str, str, str, str]:
    owner, kind, platform, handle = line.split()
    return owner, kind, platform, "" if handle == "-" else handle.casefold()


def _credit(line: str) -> tuple[str, str]:
    role, _, name = line.strip().partition(" ")
    return role, name


def read(case: Case) -> Found:
    """Read a page as the program does: as an article, or, if that fails, as a list."""
    response = Response(
        url=case.url, status=200, headers=(("content-type", "text/html; charset=utf-8"),), body=case.body
    )
    source = Source(id="case", url=case.url, kind="page")
    if case.is_list:
        info = parse(response, source).info
        return Found(links=_shown(info.social), credits=frozenset(), text="")
    wished = Entry(key=case.url, url=case.url)
    (entry,) = parse_article(response, source, wished).entries
    article = normalize(entry, source, FeedInfo(), NOW)
    return Found(
        links=_shown(article.social),
        credits=frozenset((it.role, it.name) for it in article.credits),
        text=article.text,
    )


def _shown(social: Iterable[SocialLink]) -> frozenset[tuple[str, str, str, str]]:
    """Links with an address; the site's own pages and feeds are not asked for."""
    return frozenset(
        (it.owner, it.kind, it.platform, it.handle.casefold())
        for it in social
        if it.status == "active" and it.url and it.platform != "site"
    )


def own(links: Iterable[tuple[str, str, str, str]]) -> set[tuple[str, str, str]]:
    """Platform, handle and kind of what is the publisher's, the author's or the article's; share buttons aside."""
    return {(platform, handle, kind) for owner, kind, platform, handle in links if owner in _OWN and kind != "share"}


def profiles(links: Iterable[tuple[str, str, str, str]]) -> set[tuple[str, str]]:
    """What is taken for a profile of the publisher."""
    return {(platform, handle) for owner, kind, platform, handle in links if (owner, kind) == ("publisher", "profile")}
