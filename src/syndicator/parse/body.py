"""An article's body, cleaned, with everything apart that is not the story: headings on top, footer, credits."""

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
"""Characters; what exceeds them is cut off, and what grows beyond them when it is cleaned becomes plain text."""

_HEADINGS = 3
_EMPTY_LINE = re.compile(r"\n[^\S\n]*+\n\s*+")
_ESCAPED = re.compile(
    r"\s*&lt;(?:article|blockquote|center|div|figure|h[1-6]|img|ol|p|section|table|ul)(?:\s|/?&gt;)", re.IGNORECASE
)
_OPENS = re.compile("<(?!img)[a-z]")
_HERE = re.compile(r"""(<a(?=\s)[^<>]*?\shref=["'])(?=#)""", re.IGNORECASE)
"""A link to a place in the same document, as notes have: to the article (RFC 3986, section 4.4), not to its base."""


class Publisher(Noun):
    """What is known of a body's publisher.

    Attributes:
        site_url: Its site.
        names: What it calls itself.
        known: Keys of the accounts that the page shows to be its own.
    """

    site_url: str = ""
    names: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()


class Body(Noun):
    """What a body comes to.

    Attributes:
        html: Sanitised, without footer and credit lines.
        text: The same as plain text.
        own: The text without what is not the story's own in it; None: that is all of it.
        paragraphs: Digests of those that its source may repeat.
        section: The rubric that stands in a line above the headline, or empty.
        images: Addresses of its pictures, those in what was cut included.
        removed: What was cut from it.
        social: What the subscription line says of the publisher.
        credits: What the credit lines say.
        sponsored: Whether a line says that the story is paid for.
        flagged: Whether so much of it looked like furniture that nothing was taken out.
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
        """The text by which it is compared with others."""
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
        found: As found.
        base: Where its relative links start.
        page_url: The article's address.
        publisher: Whose article it is.
        title: The headline: pages repeat it on top of the body.
        section: The rubric, likewise; empty: unknown.
        about: The page that it is about, as far as its source says so apart from the body.
        boilerplate: What its source repeats.
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
    """Whom the captions in a body credit; the captions stay."""
    return figure_credits(found.value[:MAX_HTML]) if found.html and "<figcaption" in found.value else ()


def read_teaser(found: Text, *, site_url: str, names: Sequence[str], boilerplate: Boilerplate) -> str:
    """A summary that stands beside a body, on one line: of its markup nothing is needed.

    Args:
        found: As found.
        site_url: The publisher's site.
        names: What the publisher calls itself.
        boilerplate: What its source repeats.
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
        return split_blocks(text_to_html(plain(html)[: MAX_HTML // 8]))  # «&» grows fivefold, a line break fourfold
    return blocks


def _opened(html: str) -> str:
    """Markup that was escaped once too often, as where it stands in CDATA, too: from tag to tag, with no real one."""
    if "<" in html or not _ESCAPED.match(html) or not html.rstrip().endswith("&gt;"):
        return html
    return unescape(html)


def _paragraphed(html: str) -> str:
    """Markup without a tag, as podcasts' notes often are: its empty lines are meant for paragraphs."""
    if "<" in html or not _EMPTY_LINE.search(html):
        return html
    return "".join(f"<p>{it}</p>" for it in _EMPTY_LINE.split(html))


def _loosened(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Lines that end the last paragraph become paragraphs of their own where they may be furniture.

    Addresses stay with the line that they are listed under: «Мы в соцсетях:» alone calls to nothing.
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
    """Whether an element goes on beyond the end of a line."""
    return len(_OPENS.findall(line)) != line.count("</")


def _with_allowed(split: Split, blocks: Sequence[Block], boilerplate: Boilerplate) -> Split:
    """The split, but what the operator calls part of the story stays."""
    if not (boilerplate.allowed and split.removed):
        return split
    removed = [
        it for it in split.removed if boilerplate.allowed.isdisjoint(map(digest, (blocks[it.position].text, it.text)))
    ]
    gone = {it.position for it in removed}
    return replace(split, keep=tuple(it for it in range(len(blocks)) if it not in gone), removed=tuple(removed))


def _headings(blocks: Sequence[Block], title: str, section: str, known: Iterable[str]) -> tuple[int, str]:
    """How many blocks on top only repeat rubric and headline, and the rubric, where it stands above the headline.

    A headline that leads to another site than those that are `known` is the story, as in a link blog.
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
    if len(text) > 4 * len(other) + 4:  # folding does not make that up
        return False
    folded = _fold(text)
    return bool(folded) and folded == _fold(other)


def _fold(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()
