"""What must not be one story, however alike. Each kind is a function that makes one family."""

from dataclasses import replace

from .edits import NBSP, Piece, write
from .lexicon import Person, table
from .makers import POLLS, Make, Maker, markup
from .reprints import tracked
from .sources import Entry
from .templates import filled, templates


def _template(maker: Maker) -> Piece:
    """One that was written by hand; a third of them go on with paragraphs that are always the same."""
    template = maker.dice.choice(templates(maker.language.code))
    same = write(maker.language, maker.plot(), maker.dice.randint(20, 150)).paragraphs
    return replace(template, paragraphs=template.paragraphs + same) if maker.dice.random() < 1 / 3 else template


def _template_of_one(maker: Maker) -> None:
    """Four items of a series, a day apart, or several on a day."""
    source, template = maker.pick("service")[0], _template(maker)
    day, step = maker.dice.randrange(300), maker.dice.choice((0, 1, 1))
    for number in range(4):
        piece = filled(template, maker.language, maker.dice, day + step * number)
        maker.show(source, piece, f"{number}", 2 * number)


def _template_of_two(maker: Maker) -> None:
    """The same service fills two sites, for other places or days."""
    template = _template(maker)
    day, poll = maker.dice.randrange(300), maker.poll()
    for number, source in enumerate(maker.pick("service", 2)):
        piece = filled(template, maker.language, maker.dice, day + number * maker.dice.choice((0, 1, 7)))
        maker.show(source, piece, f"{number}", poll + maker.dice.randint(0, 2))


def _same_title(maker: Maker) -> None:
    """Under one headline, at two sources and again at the first."""
    title = maker.dice.choice((*table("frames")[maker.language.code]["titles"], maker.language.title(maker.plot())))
    one, other = maker.pick("plain", 2)
    for number, source in enumerate((one, other, one)):
        piece = replace(maker.piece(60, 300), title=title)
        maker.show(source, piece, f"{number}", maker.poll())


def _footer_shared(maker: Maker) -> None:
    """A sentence or two before the four paragraphs of one publisher's footer, at both of its sites."""
    both = maker.sources[maker.language.code]["framed"][:2]
    for number in range(4):
        about = maker.plot()
        text = " ".join(maker.language.sentence(about) for _ in range(maker.dice.choice((1, 1, 2, 3))))
        maker.show(both[number % 2], Piece(maker.language.title(about), (text,)), f"{number}", maker.poll())


def _comment(maker: Maker, first: Entry, piece: Piece) -> str:
    """A blog's words, a quotation of the article, a link to it."""
    words = table("frames")[maker.language.code]
    about = maker.plot()
    own = " ".join(maker.language.sentence(about) for _ in range(maker.dice.randint(1, 4)))
    quoted = markup(piece.paragraphs[: maker.dice.randint(1, 2)])
    url = tracked(maker, first.url) if maker.dice.random() < 0.5 else first.url
    link = f'<p><a href="{url}">{words["more"]}</a></p>'
    asks = f"<p>{words['quoted']}</p>" if maker.dice.random() < 0.3 else ""
    return f"{markup((own,))}<blockquote>{quoted}</blockquote>{asks}{link}"


def _blog_with_external_url(maker: Maker) -> None:
    """JSON Feed's `external_url`; sometimes under the article's headline."""
    piece = maker.piece()
    first = maker.original(piece, maker.poll())
    title = piece.title if maker.dice.random() < 0.3 else maker.language.title(maker.plot())
    blog, html = maker.sources[maker.language.code]["blog"][0], _comment(maker, first, piece)
    post = replace(piece, title=title)
    maker.show(blog, post, "post", maker.later(first), html=html)
    maker.entries[-1] = replace(maker.entries[-1], external_url=first.url)


def _blog_with_plain_link(maker: Maker) -> None:
    """A post at its own address, which links the article in its text; sometimes under its headline."""
    piece = maker.piece()
    first = maker.original(piece, maker.poll())
    title = piece.title if maker.dice.random() < 0.3 else maker.language.title(maker.plot())
    blog, html = maker.sources[maker.language.code]["blog"][1], _comment(maker, first, piece)
    maker.show(blog, replace(piece, title=title), "post", maker.later(first), html=html)


def _blog_that_links_there(maker: Maker, title: str = "") -> None:
    """An item whose own link is the article's address, as linked lists write it."""
    piece = maker.piece()
    first = maker.original(piece, maker.poll())
    post = replace(piece, title=title or maker.language.title(maker.plot()))
    if title:
        post = replace(post, title=piece.title)
    blog, html = maker.sources[maker.language.code]["blog"][1], _comment(maker, first, piece)
    guid = f"https://{blog.host}/posts/{maker.dice.randrange(10**6)}" if maker.dice.random() < 0.5 else ""
    maker.show(blog, post, "post", maker.later(first), html=html, url=first.url, guid=guid)


def _blog_under_its_headline(maker: Maker) -> None:
    _blog_that_links_there(maker, title="the article's")


def _recap(maker: Maker) -> None:
    """A later story tells, behind its own paragraphs, how another one began."""
    about = maker.plot()
    piece = maker.piece(60, 400, about)
    first = maker.original(piece, maker.poll())
    own = maker.piece(60, 400, about.again(maker.dice))
    recap = piece.paragraphs[: maker.dice.randint(1, 2)]
    start = table("frames")[maker.language.code]["recap"]
    told = replace(own, paragraphs=(*own.paragraphs, start + recap[0][:1].lower() + recap[0][1:], *recap[1:]))
    maker.show(maker.copier(first), told, "next", maker.later(first))


def _live(maker: Maker) -> None:
    """A live report, and its parts as entries of their own."""
    source, about, poll = maker.pick("plain")[0], maker.plot(), maker.poll()
    parts = [write(maker.language, about, maker.dice.randint(20, 90)) for _ in range(maker.dice.randint(4, 8))]
    title = table("frames")[maker.language.code]["live"].format(title=maker.language.title(about))
    whole = Piece(title, tuple(paragraph for part in parts for paragraph in part.paragraphs))
    blog = maker.show(source, whole, "live", poll)
    for number, part in enumerate(parts):
        url = f"{blog.url}#part{number}" if maker.dice.random() < 0.3 else ""
        maker.show(source, part, f"part {number}", poll, url=url)


def _translation(maker: Maker) -> None:
    """The same facts in the other language: names and figures stay."""
    about = maker.plot()
    first = maker.original(maker.piece(60, 300, about), maker.poll())
    other = maker.others["en" if maker.language.code == "ru" else "ru"]
    there = replace(maker, language=other)
    theirs = there.plot()
    if other.code == "en":
        people = tuple(Person(_latin(it.name(0)), _latin(it.given), "spokesman") for it in about.people)
        theirs = replace(theirs, people=people, figures=about.figures, towns=tuple(_latin(it(0)) for it in about.towns))
    else:
        theirs = replace(theirs, figures=about.figures)
    maker.show(there.pick("plain")[0], there.piece(60, 300, theirs), "translated", maker.later(first))


_LETTERS = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True)) | {
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
    "ё": "yo",
    "ь": "",
    "ъ": "",
}


def _latin(text: str) -> str:
    """Transliterated."""
    return "".join(_LETTERS.get(it, it) for it in text.lower()).capitalize()


def _two_reports(maker: Maker) -> None:
    """Two agencies on one event: the same names, figures and things, in sentences of their own."""
    about = maker.plot()
    first = maker.original(maker.piece(60, 300, about), maker.poll())
    theirs = maker.piece(60, 300, about.again(maker.dice, close=True))
    maker.show(maker.copier(first), theirs, "own", maker.later(first))


def _one_speech(maker: Maker) -> None:
    """Two stories quote the same sentences of one speaker."""
    about = maker.plot()
    speech = [maker.language.sentence(about) for _ in range(maker.dice.randint(2, 3))]
    one, other = maker.pick("plain", 2)
    for number, source in enumerate((one, other)):
        piece = maker.piece(120, 400, about.again(maker.dice))
        paragraphs = list(piece.paragraphs)
        for said in speech:
            paragraphs.insert(maker.dice.randint(1, len(paragraphs)), f"«{said}»")
        maker.show(source, replace(piece, paragraphs=tuple(paragraphs)), f"{number}", maker.poll())


def _guids_copied(maker: Maker) -> None:
    """A source gives its own articles the ids of another's."""
    first = maker.original(maker.piece(60, 200), maker.poll())
    maker.show(maker.copier(first), maker.piece(60, 200), "own", maker.later(first), guid=first.guid)


def _short(maker: Maker) -> None:
    """Teasers of a few common words, under headlines that differ."""
    words = table("frames")[maker.language.code]
    one, other = maker.pick("plain", 2)
    text = f"{words['more']}.{NBSP}{words['quoted']}"
    for number, source in enumerate((one, one, other)):
        title = maker.language.title(maker.plot())
        maker.show(source, Piece(title, (text,)), f"{number}", min(number, POLLS - 1))


STRANGERS: dict[str, tuple[Make, int | None]] = {
    "template: one source": (_template_of_one, 0),
    "template: two sources": (_template_of_two, 0),
    "same title": (_same_title, 0),
    "footer shared": (_footer_shared, 0),
    "link blog: external_url": (_blog_with_external_url, 0),
    "link blog: own link": (_blog_with_plain_link, 0),
    "link blog: article's link": (_blog_that_links_there, 0),
    "link blog: link, headline": (_blog_under_its_headline, 0),
    "guids copied": (_guids_copied, 0),
    "recap": (_recap, None),
    "live report and parts": (_live, None),
    "translation": (_translation, None),
    "two reports": (_two_reports, None),
    "one speech, two stories": (_one_speech, None),
    "hardly a text": (_short, None),
}
"""Each kind, how to make one, and how many wrong merges may be (None: what the whole precision allows)."""
