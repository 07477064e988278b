"""Clean an article's body, and set apart what is not the story: repeated headings on top, footer, credits."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from syndicator.model.article import Text
from syndicator.model.noun import Noun, replace
from syndicator.model.social import Credit, RemovedLine, SocialLink
from syndicator.model.state import NO_BOILERPLATE, Boilerplate
from syndicator.parse.article import embeds
from syndicator.parse.metadata.schemaorg import is_section
from syndicator.parse.publishers.picture_credits import figure_credits
from syndicator.social.boilerplate import counted, cut, own_text, removed_lines, spared
from syndicator.social.lines import Split, split_footer
from syndicator.social.openings import may_be_furniture
from syndicator.social.repeats import digest
from syndicator.text.blocks import Block, join_blocks, join_text, split_blocks
from syndicator.text.characters import one_line, unescape
from syndicator.text.markup import plain, text_to_html
from syndicator.text.sanitiser import clean
from syndicator.text.urls import registrable_domain

MAX_HTML = 1_000_000
"""The most characters of a body's markup: more is cut off, and a body that cleaning makes longer becomes plain text."""

_HEADINGS = 3
"""The most blocks on top of a body that may repeat its rubric or headline."""
_EMPTY_LINE = re.compile(r"\n[^\S\n]*+\n\s*+")
"""One or more empty lines, which part paragraphs of plain text."""
_ESCAPED = re.compile(
    r"\s*&lt;(?:article|blockquote|center|div|figure|h[1-6]|img|ol|p|section|table|ul)(?:\s|/?&gt;)", re.IGNORECASE
)
"""The beginning of a body whose markup was escaped once too often."""
_OPENS = re.compile("<(?!img)[a-z]")
"""The beginning of a start tag, but for `img`, which has no end tag."""
_HERE = re.compile(r"""(<a(?=\s)[^<>]*?\shref=["'])(?=#)""", re.IGNORECASE)
"""A link to a place in the same document, as footnotes have.

It leads to the article's own address (RFC 3986, section 4.4), not to the base of other links.
"""


class Publisher(Noun):
    """What is known of a body's publisher.

    Attributes:
        site_url: The address of its site; empty: unknown.
        names: Its names.
        known: Keys of the accounts that the entry's page or feed shows to be its own.
    """

    site_url: str = ""
    names: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()


class Body(Noun):
    """A body, cleaned and taken apart.

    Attributes:
        html: Sanitised markup, without footer and credit lines.
        text: `html` as plain text.
        own: The text without what is not the story's own; None: all of `text` is.
        paragraphs: Digests of the paragraphs that its source may repeat.
        section: The rubric, as given or in a line above the headline; empty: unknown.
        images: Addresses of its pictures, those in removed blocks included.
        removed: The blocks that were removed, with the reason.
        social: The publisher's links in subscription lines.
        credits: The credits in credit lines and captions.
        sponsored: Whether a line says that the story is paid for.
        flagged: Whether so much of it looked like furniture that nothing was removed.
    """

    html: str = ""
    text: str = ""
    own: str | None = None
    paragraphs: tuple[int, ...] = ()
    section: str = ""
    images: tuple[str, ...] = ()
    removed: tuple[RemovedLine, ...] = ()
    social: tuple[SocialLink, ...] = ()
    credits: tuple[Credit, ...] = ()
    sponsored: bool = False
    flagged: bool = False

    @property
    def said(self) -> str:
        """The text by which the article is compared with others."""
        return self.text if self.own is None else self.own


def read_body(
    found: Text,
    *,
    base: str,
    page_url: str,
    publisher: Publisher,
    title: str,
    section: str,
    about: str = "",
    boilerplate: Boilerplate = NO_BOILERPLATE,
) -> Body:
    """Clean a body and take it apart.

    Args:
        found: The body as found.
        base: The base of its relative links.
        page_url: The article's address.
        publisher: The article's publisher.
        title: The headline, which pages repeat on top of the body.
        section: The rubric, which pages repeat there, too; empty: unknown.
        about: The page that the article is about, if its source says so outside of the body; or empty.
        boilerplate: The paragraphs that its source repeats.
    """
    blocks = _loosened(_blocks(found, base, page_url))
    headings, section = _headings(blocks, title, section, known=(page_url, publisher.site_url, about))
    below, names = blocks[headings:], publisher.names
    split = split_footer(below, site_url=publisher.site_url, page_url=page_url, names=names, known=publisher.known)
    split = _with_allowed(split, below, boilerplate)
    kept: Sequence[Block] = [below[position] for position in split.keep] if split.removed else below
    paragraphs = counted(kept)
    repeated: tuple[RemovedLine, ...] = ()
    gone = cut(kept, boilerplate)
    if gone:
        repeated = tuple(
            replace(line, position=headings + split.keep[line.position])
            for line in removed_lines(kept, gone, boilerplate)
        )
        kept = [block for position, block in enumerate(kept) if position not in gone]
    on_top = (
        RemovedLine(position=position, line_class="heading", text=block.text, rule="repeats")
        for position, block in enumerate(blocks[:headings])
    )
    footer = (replace(line, position=line.position + headings) for line in split.removed)
    return Body(
        html=join_blocks(kept),
        text=join_text(kept),
        own=own_text(kept, boilerplate, url=page_url, names=names),
        paragraphs=paragraphs,
        section=section,
        images=tuple([url for block in blocks for url in block.images]),
        removed=(*on_top, *footer, *repeated),
        social=split.links,
        credits=(*split.credits, *_of_figures(found)),
        sponsored=split.sponsored,
        flagged=split.flagged or (not gone and spared(kept, boilerplate)),
    )


def _of_figures(found: Text) -> tuple[Credit, ...]:
    """Give the credits in the captions of a body; the captions stay in it."""
    return figure_credits(found.value[:MAX_HTML]) if found.html and "<figcaption" in found.value else ()


def read_teaser(found: Text, *, site_url: str, names: Sequence[str], boilerplate: Boilerplate) -> str:
    """Read a summary that stands beside a body, as one line of plain text without footer lines.

    Args:
        found: The summary as found.
        site_url: The publisher's site.
        names: The publisher's names.
        boilerplate: The paragraphs that the source repeats.
    """
    value = found.value[:MAX_HTML]
    lines = (plain(_opened(value)) if found.html else value).split("\n")
    if any(map(may_be_furniture, lines)):
        blocks = [Block(line) for line in lines if line.strip()]
        split = _with_allowed(split_footer(blocks, site_url=site_url, names=names), blocks, boilerplate)
        lines = [blocks[position].text for position in split.keep]
    return one_line(" ".join(lines))


def _blocks(found: Text, base: str, page_url: str) -> tuple[Block, ...]:
    value = found.value[:MAX_HTML]
    value, words = embeds.linked(_opened(value)) if found.html else (value, frozenset())
    if page_url and found.html and ('="#' in value or "='#" in value):
        value = _HERE.sub(lambda link: link[1] + escape(page_url.partition("#")[0]), value)
    html = clean(_paragraphed(value), base) if found.html else text_to_html(value)
    blocks = embeds.unsaid(split_blocks(html), words) if words else split_blocks(html)
    if len(html) > MAX_HTML // 8 and sum(len(block.html) for block in blocks) + len(blocks) > MAX_HTML:
        return split_blocks(text_to_html(plain(html)[: MAX_HTML // 8]))  # escaped, «&» is five characters, a break four
    return blocks


def _opened(html: str) -> str:
    """Unescape markup that was escaped once too often, as escaped markup in CDATA is.

    Such markup has no real tag, and begins and ends with an escaped one.
    """
    if "<" in html or not _ESCAPED.match(html) or not html.rstrip().endswith("&gt;"):
        return html
    return unescape(html)


def _paragraphed(html: str) -> str:
    """Make paragraphs of markup without any tag, as podcasts' notes often are: empty lines part them."""
    if "<" in html or not _EMPTY_LINE.search(html):
        return html
    return "".join(f"<p>{it}</p>" for it in _EMPTY_LINE.split(html))


def _loosened(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make paragraphs of the lines at the end of the last paragraph that may be furniture.

    Addresses stay with the line under which they are listed: «Мы в соцсетях:» without them would not be recognised.
    """
    if not blocks or "\n" not in blocks[-1].text or not blocks[-1].html.startswith("<p>"):
        return blocks
    lines = blocks[-1].html.removeprefix("<p>").removesuffix("</p>").split("<br>")
    last = len(lines)
    while last > 0 and not _opens(lines[last - 1]) and may_be_furniture(plain(lines[last - 1])):
        last -= 1
    if last == len(lines) or any(map(_opens, lines)):
        return blocks
    parts = ["<br>".join(lines[:last])] if last else []
    is_list = False
    for line in lines[last:]:
        is_list = is_list and "://" in line
        if is_list:
            parts[-1] += f"<br>{line}"
        else:
            parts.append(line)
        is_list = is_list or plain(line).rstrip().endswith(":")
    return (*blocks[:-1], *split_blocks("".join(f"<p>{it}</p>" for it in parts)))


def _opens(line: str) -> bool:
    """Whether an element begins or ends outside of a line: the line's start and end tags differ in number."""
    return len(_OPENS.findall(line)) != line.count("</")


def _with_allowed(split: Split, blocks: Sequence[Block], boilerplate: Boilerplate) -> Split:
    """Give the split without the removal of lines that the operator calls part of the story."""
    if not (boilerplate.allowed and split.removed):
        return split
    removed = [
        it for it in split.removed if boilerplate.allowed.isdisjoint(map(digest, (blocks[it.position].text, it.text)))
    ]
    gone = {it.position for it in removed}
    return replace(split, keep=tuple(it for it in range(len(blocks)) if it not in gone), removed=tuple(removed))


def _headings(blocks: Sequence[Block], title: str, section: str, known: Iterable[str]) -> tuple[int, str]:
    """Count the blocks on top that only repeat rubric and headline, and find the rubric above the headline.

    A headline that links to another site than the `known` addresses is part of the story, as in a link blog.

    Returns:
        The number of blocks, and the rubric: as given, else the one found, else empty.
    """
    sites = set(map(registrable_domain, known))
    texts = [block.text for block in blocks[: _HEADINGS + 1]]
    if not section and len(texts) > 2 and _same(texts[1], title) and is_section(texts[0]):
        section = texts[0]
    count = 0
    while count < min(_HEADINGS, len(blocks) - 1) and (_same(texts[count], title) or _same(texts[count], section)):
        if any(registrable_domain(url) not in sites for _, url in blocks[count].links):
            break
        count += 1
    return count, section


def _same(text: str, other: str) -> bool:
    if len(text) > 4 * len(other) + 4:  # folding does not shorten a text by so much
        return False
    folded = _fold(text)
    return bool(folded) and folded == _fold(other)


def _fold(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()
