"""What must be one story: an article and its copies. Each kind is a function that makes one family."""

from collections.abc import Callable
from dataclasses import replace

from .edits import Piece, beginning, inflected, moved, retypeset, substituted, teaser, without, write
from .makers import POLLS, Make, Maker
from .sources import Entry

Edit = Callable[[Maker, Piece], Piece]


def _copied(edit: Edit, least: int = 60, role: str = "plain") -> Make:
    """An article of at least so many words, and an edited copy of it at another source."""

    def make(maker: Maker) -> None:
        piece = maker.piece(least)
        first = maker.original(piece, maker.poll())
        maker.show(maker.copier(first, role), edit(maker, piece), "a", maker.later(first))

    return make


def _words(share: float) -> Make:
    return _copied(lambda maker, piece: substituted(piece, share, maker.language, maker.dice))


def _endings(share: float) -> Make:
    return _copied(lambda maker, piece: inflected(piece, share, maker.language, maker.dice))


def _first(share: float) -> Make:
    return _copied(lambda _, piece: beginning(piece, share), least=120)


def _headline(maker: Maker, piece: Piece) -> Piece:
    """Another one, as an editor writes it."""
    return replace(piece, title=maker.language.title(maker.plot()))


def _framed_and_edited(maker: Maker, piece: Piece) -> Piece:
    return substituted(piece, 0.05, maker.language, maker.dice)


# -- the same address


def _addressed(dress: Callable[[Maker, str], str]) -> Make:
    """Another feed of the same site names the same page in another way; its own headline, a sentence for a text."""

    def make(maker: Maker) -> None:
        piece = maker.piece()
        sister = maker.pick("sister")[0]
        (owner,) = (it for it in maker.sources[maker.language.code]["plain"] if it.host == sister.host)
        first = maker.original(piece, maker.poll(), owner)
        told = teaser(piece)
        if maker.dice.random() < 0.5:
            told = _headline(maker, told)
        maker.show(sister, told, "a", maker.later(first), url=dress(maker, first.url))

    return make


_TRACKING = (
    "utm_source=rss utm_medium=feed utm_campaign=main fbclid=IwAR1x9 yclid=77123 gclid=Cj0K utm_term=daily _openstat=a1"
).split()


def tracked(maker: Maker, url: str) -> str:
    """With parameters that only count clicks."""
    dress = "&".join(maker.dice.sample(_TRACKING, maker.dice.randint(1, 3)))
    return f"{url}{'&' if '?' in url else '?'}{dress}{maker.dice.choice(('', '', '#comments'))}"


def _amp(maker: Maker, url: str) -> str:
    site, _, path = url.removeprefix("https://").partition("/")
    ways = [f"https://amp.{site}/{path}", f"{url}{'&' if '?' in url else '?'}amp=1"]
    if "?" not in url:
        ways += [f"https://{site}/amp/{path}", f"{url.rstrip('/')}/amp{'/' if url.endswith('/') else ''}"]
    return maker.dice.choice(ways)


def _mobile(maker: Maker, url: str) -> str:
    return url.replace("https://", f"https://{maker.dice.choice(('m.', 'mobile.', 'www.'))}")


def _plain_http(maker: Maker, url: str) -> str:
    """Also with a slash more or less."""
    url = url.replace("https://", "http://")
    return url.removesuffix("/") if maker.dice.random() < 0.5 and "?" not in url else url


def _claimed(maker: Maker) -> None:
    """An aggregator passes on the address with the headline and a sentence."""
    piece = maker.piece()
    first = maker.original(piece, maker.poll())
    maker.show(maker.copier(first, "aggregator"), teaser(piece), "a", maker.later(first), url=first.url)


def _claimed_and_tracked(maker: Maker) -> None:
    piece = maker.piece()
    first = maker.original(piece, maker.poll())
    url = tracked(maker, first.url)
    maker.show(maker.copier(first, "aggregator"), teaser(piece), "a", maker.later(first), url=url)


def _canonical(maker: Maker) -> None:
    """A partner's page has the beginning under the same headline, and says whose article it is."""
    piece = maker.piece(120)
    first = maker.original(piece, maker.poll())
    partner = maker.pick("partner")[0]
    maker.show(partner, beginning(piece, maker.dice.choice((0.3, 0.6, 1.0))), "a", maker.later(first))
    maker.entries[-1] = replace(maker.entries[-1], canonical=first.url)


# -- updates


def _grown(maker: Maker) -> tuple[Piece, Piece]:
    """A text, and what it is an hour later: more paragraphs, and one sentence of another wording."""
    about = maker.plot()
    piece = maker.piece(60, 300, about)
    more = write(maker.language, about, maker.dice.randint(20, 120))
    changed = substituted(piece, 0.03, maker.language, maker.dice)
    return piece, Piece(piece.title, changed.paragraphs[:1] + piece.paragraphs[1:] + more.paragraphs)


def _updated(maker: Maker) -> None:
    """The first version was copied; then the original grows under its id."""
    old, new = _grown(maker)
    first = maker.original(old, maker.poll(3))
    maker.show(maker.copier(first), old, "a", first.poll)
    _again(maker, first, new, first.poll + 1, guid=first.guid)


def _copied_when_updated(maker: Maker) -> None:
    """The original has grown under its id; then it is copied."""
    old, new = _grown(maker)
    first = maker.original(old, maker.poll(3))
    _again(maker, first, new, first.poll + 1, guid=first.guid)
    maker.show(maker.copier(first), new, "a", first.poll + 2)


def _renamed(maker: Maker) -> None:
    """It grows, and gets another id, under the same address."""
    old, new = _grown(maker)
    first = maker.original(old, maker.poll(3))
    _again(maker, first, new, first.poll + 1, guid=f"{first.guid}?version=2", kind=maker.kind)


def _flashed(maker: Maker) -> None:
    """A headline and a sentence; then another source has the whole story, then it stands under the flash's id, too."""
    piece = maker.piece()
    first = maker.original(teaser(piece), maker.poll(3))
    copied = substituted(piece, maker.dice.choice((0.0, 0.05, 0.1)), maker.language, maker.dice)
    maker.show(maker.copier(first), copied, "a", first.poll + maker.dice.choice((0, 1)))
    _again(maker, first, piece, first.poll + 2, guid=first.guid)


def _again(maker: Maker, first: Entry, piece: Piece, poll: int, *, guid: str, kind: str = "original") -> None:
    maker.show(first.source, piece, "a", poll, kind=kind, url=first.url, guid=guid)
    maker.entries[-1] = replace(maker.entries[-1], date=first.date)


def _wire(maker: Maker) -> None:
    """One text goes round: as it was, typeset anew, edited a little, cut, in another frame."""
    piece = maker.piece(150)
    first = maker.original(piece, maker.poll())
    others: list[tuple[str, Edit]] = [
        ("plain", lambda maker, it: retypeset(it, maker.dice)),
        ("plain", lambda maker, it: substituted(it, 0.07, maker.language, maker.dice)),
        ("framed", lambda maker, it: without(_headline(maker, it), 0.15, maker.dice)),
        ("framed", _framed_and_edited),
    ]
    used = {first.source.host}
    for role, edit in maker.dice.sample(others, maker.dice.randint(2, 4)):
        source = maker.dice.choice([it for it in maker.sources[maker.language.code][role] if it.host not in used])
        used.add(source.host)
        maker.show(source, edit(maker, piece), "a", min(first.poll + maker.dice.randint(0, 2), POLLS - 1))


REPRINTS: dict[str, tuple[Make, float | None]] = {
    "url: tracking parameters": (_addressed(tracked), 0.99),
    "url: AMP": (_addressed(_amp), 0.99),
    "url: mobile host": (_addressed(_mobile), 0.99),
    "url: http": (_addressed(_plain_http), 0.99),
    "url: claimed": (_claimed, 0.99),
    "url: claimed, tracked": (_claimed_and_tracked, 0.99),
    "url: rel=canonical": (_canonical, 0.99),
    "text: same": (_copied(lambda _, piece: piece), 0.99),
    "text: typeset anew": (_copied(lambda maker, piece: retypeset(piece, maker.dice)), 0.99),
    "text: own headline": (_copied(_headline), 0.99),
    "words: 1 %": (_words(0.01), 0.97),
    "words: 5 %": (_words(0.05), 0.97),
    "words: 10 %": (_words(0.10), 0.97),
    "words: 15 %": (_words(0.15), 0.97),
    "words: 30 %": (_words(0.30), 0.60),
    "endings: 5 %": (_endings(0.05), 0.97),
    "endings: 15 %": (_endings(0.15), 0.97),
    "endings: 30 %": (_endings(0.30), 0.60),
    "paragraphs: 30 % cut": (_copied(lambda it, piece: without(piece, 0.3, it.dice), least=250), 0.85),
    "paragraphs: 30 % moved": (_copied(lambda it, piece: moved(piece, 0.3, it.dice), least=250), 0.85),
    "first 70 %": (_first(0.7), None),
    "first 50 %": (_first(0.5), None),
    "first 30 %": (_first(0.3), None),
    "header and footer": (_copied(lambda _, piece: piece, role="framed"), None),
    "header, footer, 5 %": (_copied(_framed_and_edited, role="framed"), None),
    "update: after a copy": (_updated, 0.99),
    "update: before a copy": (_copied_when_updated, 0.99),
    "update: new id": (_renamed, 0.99),
    "update: flash first": (_flashed, 0.99),
    "wire: 3 to 5 copies": (_wire, None),
}
"""Each kind, how to make one, and the recall that it must reach (None: printed only)."""
