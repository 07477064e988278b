"""All evidence of a page together."""

from time import process_time

from support.evidence import STORY, brief, said, shown
from syndicator.parse.article.region import find_region
from syndicator.parse.publishers.social import MOST_FINDINGS, of_publisher, read_social


def test_each_piece_of_evidence_is_one_link() -> None:
    head = '<meta name="telegram:channel" content="@paper">'
    body = STORY + '<footer><a href="https://t.me/paper">Telegram</a> <a href="https://t.me/paper">TG</a></footer>'
    assert brief(shown(body, head)) == [("publisher", "paper", "meta"), ("publisher", "paper", "footer link")]


def test_others_never_push_the_publisher_out() -> None:
    quoted = "".join(
        f'<p>He wrote <a href="https://t.me/name{n}/1">again</a> about boats and gulls.</p>' for n in range(300)
    )
    links = shown(f'{STORY}{quoted}<footer><a href="https://t.me/paper">Telegram</a></footer>', story=STORY + quoted)
    assert len(links) == MOST_FINDINGS
    assert [it.handle for it in of_publisher(links)] == ["paper"]


def test_a_hundred_thousand_links_are_bounded() -> None:
    flood = "".join(f'<a href="https://t.me/name{n}">x{n}</a> ' for n in range(100_000))
    page = said(f"<main>{STORY}</main><div>{flood}</div><footer><a href='https://vk.com/paper'>VK</a></footer>")
    start = process_time()
    links = read_social(page, find_region(page.page, None))
    assert process_time() - start < 5  # some 0.7 s as a rule
    assert len(links) <= MOST_FINDINGS
    assert ("publisher", "paper") in {(it.owner, it.handle) for it in links}
