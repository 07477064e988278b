"""Markup as nobody should write it: pieces of tags, entities and text in any order."""

from hypothesis import strategies as st

NAMES = (
    "p div span b i a h1 h2 ul li table tr td caption blockquote pre br img section script style svg math form button"
    " font center dd dl ruby rt details summary video source select option template title noscript textarea code object"
).split()
ATTRIBUTES = (
    "",
    " href=x",
    ' href="http://a/b?c=1&d"',
    " src=i.png",
    " width=1",
    ' title="a>b"',
    " alt='q\"<'",
    " data-src=//x/y",
)
TEXTS = (
    "текст",
    " ",
    "\n",
    "&nbsp;",
    "&amp;",
    "&#13;",
    "&#1;",
    "<!-- c -->",
    "<",
    ">",
    "&",
    '"',
    "<br>",
    "\0",
    "\ud800",
    "<a",
)
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(NAMES)),
    st.sampled_from(TEXTS),
    st.text(max_size=4),
)
SOUP = st.lists(PIECES, max_size=30).map("".join)


def squeezed(text: str) -> str:
    """Without white space."""
    return "".join(text.split())
