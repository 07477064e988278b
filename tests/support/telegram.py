"""Previews of a Telegram channel, as `t.me/s/NAME` shows them: written by us in the manner of that page."""

from dataclasses import dataclass
from html import escape

PREVIEW = "https://t.me/s/vestnik_mos"
CHANNEL = "https://t.me/vestnik_mos"
NOT_SHOWN = """<!DOCTYPE html><html><head><title>Telegram: Contact @vestnik_mos</title></head><body>
<div class="tgme_page"><div class="tgme_page_photo"><a href="tg://resolve?domain=vestnik_mos"><img
class="tgme_page_photo_image" src="https://cdn4.telesco.pe/file/x.jpg"></a></div>
<div class="tgme_page_title" dir="auto"><span dir="auto">Вестник</span></div>
<div class="tgme_page_extra">12 345 subscribers</div><div class="tgme_page_action">
<a class="tgme_action_button_new" href="tg://resolve?domain=vestnik_mos">View in Telegram</a></div></div>
</body></html>"""
"""Where Telegram leads when a channel has no preview."""

_MESSAGE = """
<div class="tgme_widget_message_wrap js-widget_message_wrap">
<div class="tgme_widget_message text_not_supported_wrap js-widget_message {it.kind}" data-post="{it.name}/{it.number}"
data-view="eyJjIjot{it.number}"><div class="tgme_widget_message_user"><a href="https://t.me/{it.name}"><i
class="tgme_widget_message_user_photo bgcolor4" data-content="В"><img src="https://cdn4.telesco.pe/file/face.jpg"></i></a>
</div><div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author accent_color"><a
class="tgme_widget_message_owner_name" href="https://t.me/{it.name}"><span dir="auto">Вестник</span></a></div>{it.more}
{it.words}<div class="tgme_widget_message_footer compact js-message_footer"><div
class="tgme_widget_message_info short js-message_info"><span class="tgme_widget_message_views">1.2K</span><span
class="copyonly"> views</span><span class="tgme_widget_message_meta"><a class="tgme_widget_message_date"
href="{it.url}"><time datetime="{it.when}" class="time">16:00</time></a></span></div></div></div></div></div>"""
_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} – Telegram</title></head>
<body class="widget_frame_base"><main class="tgme_main"><section class="tgme_right_column">
<div class="tgme_channel_info"><div class="tgme_channel_info_header"><i class="tgme_page_photo_image bgcolor4"><img
src="https://cdn4.telesco.pe/file/face.jpg"></i><div class="tgme_channel_info_header_title_wrap"><div
class="tgme_channel_info_header_title"><span dir="auto">{title}</span></div></div><div
class="tgme_channel_info_header_username"><a href="https://t.me/{name}">@{name}</a></div></div><div
class="tgme_channel_info_counters"><div class="tgme_channel_info_counter"><span class="counter_value">12.3K</span>
subscribers</div></div><div class="tgme_channel_info_description">{about}</div></div></section>
<section class="tgme_channel_history js-message_history">{messages}</section></main></body></html>"""


@dataclass(frozen=True)
class Message:
    """A message of a channel.

    Attributes:
        number: Its own.
        text: Its markup; empty: none.
        more: What stands beside the text: photos, a poll, …
        when: As `time` has it.
        name: The channel's.
        kind: A further class of the message.
    """

    number: int
    text: str = ""
    more: str = ""
    when: str = "2026-03-05T13:00:00+00:00"
    name: str = "vestnik_mos"
    kind: str = ""

    @property
    def url(self) -> str:
        return f"https://t.me/{self.name}/{self.number}"

    @property
    def words(self) -> str:
        classes = "tgme_widget_message_text js-message_text"
        return f'<div class="{classes}" dir="auto">{self.text}</div>' if self.text else ""

    def __str__(self) -> str:
        return _MESSAGE.format(it=self)


def preview(*messages: Message, title: str = "Вестник", about: str = "Новости города. vestnik.example") -> str:
    """The page; messages in the order in which Telegram shows them, the oldest first."""
    name = messages[0].name if messages else "vestnik_mos"
    return _PAGE.format(title=escape(title), name=name, about=about, messages="".join(map(str, messages)))
