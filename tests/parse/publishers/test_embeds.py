"""What pages embed."""

import pytest

from support.evidence import STORY, brief, shown


@pytest.mark.parametrize(
    ("markup", "handle"),
    [
        ('<script data-telegram-post="durov/1"></script>', "durov"),
        ('<blockquote data-instgrm-permalink="https://www.instagram.com/p/Cabcdefgh12/"></blockquote>', "/p/"),
        ('<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>', "dQw4w9WgXcQ"),
    ],
)
def test_an_embedded_post_is_a_third_partys(markup: str, handle: str) -> None:
    [(owner, found, evidence)] = brief(shown(STORY + markup))
    assert (owner, evidence) == ("third_party", "embed")
    assert handle in found


def test_a_page_plugin_beside_the_article_is_the_publishers() -> None:
    plugin = '<div class="fb-page" data-href="https://www.facebook.com/paperpage"></div>'
    assert brief(shown(f"<main>{STORY}</main>{plugin}")) == [("publisher", "paperpage", "widget")]
    head = '<meta property="article:publisher" content="https://www.facebook.com/otherpage">'
    assert brief(shown(f"<main>{STORY}</main>{plugin}", head))[1] == ("third_party", "paperpage", "embed")


def test_a_players_share_button_is_no_embed() -> None:
    assert (
        shown(STORY + '<iframe src="https://www.facebook.com/plugins/like.php?href=https://a.example"></iframe>') == ()
    )
