"""The wording of furniture (lines of a body that are not the story): a pattern for each rule of `line_classes`.

Further patterns describe what no such line may contain. Russian and English are written here, other languages in
`phrases.toml`.

The patterns are matched at the beginning of a tidy line: they describe how it opens. `calls` and `line_classes` judge
what else a line must and must not contain; `openings` tells, before that, whether a line is worth trying.
"""

import re

from syndicator.social.phrases import END, START, pattern

_PICTOGRAMS = re.compile(r"^[^\w«»\"“”„‟'‘’‹›©(（\[@—–-]+")
QUOTE = re.compile(r"[«»\"“”„‟'‘’‹›「『]|[-–—]\s")
SAYS = re.compile(
    rf"[»”\"]\s*,?\s*[—–-]\s|{START}(?:призва[лн]\w*|призыва\w+|заяв\w+|сказа\w+|сообщ(?:ил|ает|ают)\w*|совету\w+|посовет\w+|"
    r"порекоменд\w+|рекомендует|написал\w*|пишет|пишут|добавил\w*|говор[ия]т|отмет\w+|уточни\w+|попроси\w+|прос[ия]т|ирониз\w+|предупре\w+|"
    r"объяви\w+|объясн\w+|поясн\w+|напомн\w+|рассказал\w*|подч[её]ркн\w+|ответил\w*|предложил\w*|крич[аи]\w+|крикнул\w*|"
    r"пошути\w+|шутит|закончил\w*|обеща[юел]\w*|уверя\w+|умоля\w+|убежда[ле]\w*|настаива\w+|"
    r"said|says?|told|tells|urge[sd]?|wrote|writes|asked|asks?|added|warn(?:s|ed)|begged|advise[sd]?|joked?|jokes|plead(?:s|ed)|"
    r"shout(?:s|ed)|cried|cries|replie[sd]|insist(?:s|ed)|announce[sd]|declare[sd]|explain(?:s|ed)|recommend(?:s|ed)|"
    r"suggest(?:s|ed)|quipped|whisper(?:s|ed)|chant(?:s|ed)|(?:sign|poster|flag|banner|note|plaque)\s+reads?|he|she|they|он|она|они|він|вона|вони|"
    rf"{pattern('says')}){END}",
    re.IGNORECASE,
)
"""Words that quote or report somebody: a line with them is part of the story."""
_LEAD = (
    r"(?:¿?[^.?!:;]{3,66}+\?|(?:click|tap)\s+here\s+(?:to|and)|(?:не\s+пропус(?:тите|кайте|ти)|don['’]t\s+miss(?:\s+a\s+thing|\s+out)?)(?:\s+\w{3,12}){0,2}\s*[:!—–-]|(?:чтобы|если)\s[^.?!]{3,80}(?:,|\s[—–-])"
    r"|будьте\s+в\s+курсе[^:!.,]{0,40}[:!.,]|for\s+(?:more|the\s+latest)[^,.]{0,40},|you\s+can(?:\s+also)?|друзья[,!]|"
    rf"понравил(?:ась|ся)\s[^?.]{{0,30}}\?|(?:{pattern('lead')})(?:[^:!.,：，]{{0,40}}[:!.,：，])?)\s*"
)
CALL = re.compile(
    rf"(?:{_LEAD})?"
    r"(?:подписывай(?:тесь|ся)|подпиши(?:тесь|сь)|(?:чита|смотр|слуша|ищ)(?:й|и)(?:те)?\s+нас|"
    r"следи(?:те)?\s+за\s+(?:нами|нашими?|новостями)|присоединяй(?:тесь|ся)|вступай(?:те)?|"
    r"оставайтесь\s+(?:с\s+нами|на\s+связи)|узнавай(?:те)?\s[^.!?]{0,60}?перв\w+|"
    r"добав(?:ь|ьте|ляйте)\s+(?:нас|(?:«[^»]{1,40}»|(?-i:[A-ZА-ЯЁ])\S{1,30})\s+в\s+(?:избранн|источник|любим|сво[ий]|лент)\w*)|поддержите\s+нас|поддержать\s+нас|follow\s+(?:us|our)|subscribe\s+(?:to|on|via|now|here)|"
    r"subscribe\s*[:!]|join\s+(?:us|our)|like\s+us|find\s+us|connect\s+with\s+us|stay\s+(?:connected|in\s+touch)|"
    r"keep\s+up\s+with\s+us|listen(?:\s+and\s+(?:subscribe|follow))?\s+on|support\s+us|"
    rf"join\s+the\s+(?:conversation|discussion)|{pattern('call')}){END}",
    re.IGNORECASE,
)
CALL_TO_AUTHOR = re.compile(
    rf"(?:if\s+you\s+(?:like|enjoy|found|want)[^,.?!]{{0,60}},\s*)?(?:please\s+)?(?:{pattern('me')}){END}",
    re.IGNORECASE,
)
"""A call in the first person, by whoever has written the text: the line does not tell author from publisher."""
ANSWER = re.compile(r"(?:i['’]m|i\s+am)\s", re.IGNORECASE)
"""The opening of a call that may be an answer in an interview instead."""
CLOSING = re.compile(rf"{START}(?:{pattern('closing')})[ .!…。！।]*$", re.IGNORECASE)
"""The end of a call in languages whose verb stands at the end."""
HINT = re.compile(
    rf"(?:{_LEAD})?"
    r"(?:подписаться|подписка|следите\s+за|теперь\s+мы(?:\s+(?:и|также|есть|тоже))*\s+(?:в|во|на)|вы\s+(?:уже|ещ[её]\s+не)\s+подписаны\s+на|мы\s+(?:(?:есть|теперь|также)\s+)?(?:в|во|на)|наш[аеи]?|мо[йяи]|"
    r"(?:ещ[её]\s+)?больше\s+(?:\S{3,20}\s+)?(?:интересного|новостей|фото(?:\s+и\s+видео)?|видео|событий|историй|материалов|подробностей)|все\s+новости|"
    r"(?:вс[её]\s+)?самое\s+(?:интересное|важное|главное|свежее)|"
    r"новости(?:\s+\S{2,20})?\s*(?:[—–-]\s*)?(?:во?|на)|обсудить|обсуждайте|комментировать|"
    r"(?:(?:все\s+)?самые\s+)?(?:свежие|главные|важные|актуальные|последние|интересные|громкие|яркие|оперативные|срочные)"
    r"(?:\s+и\s+\S{4,20})?\s+(?:новости|события|истории|(?:новости,?\s+)?фото(?:\s+и\s+видео)?)|будьте\s+в\s+курсе|читайте|"
    r"follow|join|keep\s+up\s+with|stay\s+(?:up\s+to\s+date|tuned|informed|updated)|we(?:\s+are|['’]re)\s+on|more\s+(?:news\s+)?on|also\s+on|get\s+our|discuss(?:\s+this(?:\s+(?:post|article|story))?)?|"
    rf"{pattern('hint')}){END}",
    re.IGNORECASE,
)
OFFER = re.compile(
    r"(?:ещ[её]\s+)?(?:больше|подробности|новости|фото|видео|обзоры|разборы|анонсы|оперативно|коротко|главное|важное)(?:\s[^.!?]{2,80}?)?[\s,][—–-]\s+(?:во?|на)(?!\w)|"
    r"мы(?=\s+(?:вконтакте|в\s+контакте))",
    re.IGNORECASE,
)
"""An offer of more elsewhere («Больше историй о кофе — в нашем Telegram»).

This alone does not make a call: lines of stories are too similar.
"""
COPY = re.compile(r"listen|слушайте|also\s+(?:on|posted|published)", re.IGNORECASE)
"""The opening of a line whose links to posts lead to copies of the article."""
DISCUSS = re.compile(r"(?:обсуди|обсужд|комментир|discuss|comment|join\s+the\s+conversation)", re.IGNORECASE)
"""Words by which a line invites readers to discuss the article."""
TOLD = re.compile(
    r"(?<!\w)(?!\w*(?:канал|портал|журнал|филиал|материал|сериал|финал|квартал|интернет|сюжет)(?!\w))"
    r"(?:\w{2,}(?:[аиыеяу]л[аои]?|[уюяа]т|[еи]т)|(?:за)?блокирован\w*|(?:за|от)крыт\w*|удал[её]н\w*|недоступ\w+|(?:по|с)мог|(?:\w*(?:мог|ош|уш|наш|зна[йи]ш|приш|выш|заш|вез|нес|спас)л[аоиі]))"
    r"(?:ся|сь)?(?!\w)",
    re.IGNORECASE,
)
"""Verbs in the past tense or in the third person: they tell something, and no call has them."""
_SEPARATORS = "|•·∙●▪/"
CONTACT = re.compile(
    r"(?:телефон|тел\.|почта|e-?mail|эл(?:\.|ектронная)\s+почта|адрес|пишите|звоните|присылайте|send|call|text|message|"
    r"contact|whatsapp)(?!\w).*(?:\S@\S+\.\S|\+?\d[\d ()-]{5,}\d|(?<!\w)(?:us|нам|наш\w*)(?!\w))",
    re.IGNORECASE,
)
"""The opening of a sentence behind a call that says how the editors can be reached."""
SENTENCES = re.compile(r"(?<=[\w»)][.!?…])\s+(?=[A-ZА-ЯЁ])")
SEPARATORS = re.compile(rf"\s*[{_SEPARATORS}]\s*")
RELATED = re.compile(
    r"(?:(?:читайте|читать|смотрите|слушайте)\s+(?:также|ещ[её])(?:\s+(?:на|в)\s+\S{2,30})?|также\s+читайте|"
    r"(?:(?:материалы?|(?:другие\s+)?новости|ещ[её]|больше)\s+)?(?:по|на\s+эту)\s+тем[еу]|"
    r"read\s+(?:also|more|next)|also\s+read|see\s+also|more\s+on\s+this(?:\s+(?:story|topic))?|"
    rf"related(?:\s+(?:story|stories|articles?|news|coverage|posts?|links?|reading))?|{pattern('related')})"
    r"\s*(?:[:：】]|[—–-]\s+(?=(?-i:[A-ZА-ЯЁ«\"\d]))|$)",
    re.IGNORECASE,
)
NO_HEADLINE = re.compile(r"[^.…]\.$|\d[\d ()-]{6,}\d|@", re.IGNORECASE)
"""Signs that a text is no headline: a full stop at its end, a telephone number or an e-mail address."""
FEED_TAIL = re.compile(  # the defaults of WordPress and its plugins; what follows must look like a site's name
    r"(?:(?i:the\s+post\s.+\s(?:appeared\s+first|first\s+appeared)\s+on|der\s+beitrag\s.+\serschien\s+zuerst\s+auf|"
    r"l['’]article\s.+\sest\s+apparu\s+en\s+premier\s+sur|la\s+entrada\s.+\sse\s+publicó\s+primero\s+en)|"
    r"(?i:(?:сообщение|запись)\s.+\s(?:впервые\s+появил\w+(?:\s+на)?|появил\w+\s+(?:сначала|впервые)\s+на)))"
    r"\s(?P<site>(?:[A-ZА-ЯЁ0-9«\"]|\S+\.\w).*)"
)
MORE = re.compile(
    r"(?:читать\s+(?:далее|дальше|полностью)|подробнее|continue\s+reading(?:\s+on\s+[^\s.]{2,30})?|keep\s+reading|read\s+more)[\s.…»>→]*",
    re.IGNORECASE,
)
_MISTAKE = r"(?:ошибку|опечатку|неточность)"
_TELL = r"(?:ctrl|выдел|нажми|(?:сообщ|напиш|расскаж)\w+(?:[.!]?$|\s+(?:нам|об\s+этом|о\s+ней|в\s+редакц)))"
TYPO = re.compile(
    rf"(?:нашли|заметили|увидели|обнаружили)\s+{_MISTAKE}(?:\s+в\s+тексте)?\s*(?:\?\s*(?:$|.*{_TELL})|[,.!—–-]*\s*{_TELL})|"
    rf"если\s+вы\s+(?:нашли|заметили|увидели|обнаружили)\s+{_MISTAKE}.*(?:выделите|ctrl|сообщите\s+нам)|"
    rf"выделите\s.*(?:{_MISTAKE}|с\s+(?:ошибк|опечатк)).*(?:ctrl|нажмите)|сообщить\s+об\s+(?:ошибке|опечатке)[.!]?$|"
    r"(?:found|spotted|noticed|see)\s+(?:an?\s+)?(?:error|mistake|typo)\s*\?\s*"
    r"(?:$|.*(?:ctrl|@|let\s+us|(?:tell|e-?mail|contact|write\s+to)\s+(?:us|our)|highlight|click|report\s+(?:it|this)))|report\s+(?:an?\s+)?(?:error|typo|mistake)[.!]?$|"
    r"if\s+you\s+(?:find|found|spot|notice)\s+an?\s+(?:error|mistake|typo).*(?:ctrl|let\s+us\s+know|tell\s+us|highlight)|"
    rf"(?:{pattern('typo')})(?!\w)(?:.*ctrl|[^?]{{0,30}}\?\s*(?:$|.*(?:ctrl|@|mail)))|"
    r"(?:do\s+you\s+(?:have|know)|have\s+you\s+got|got)\s+(?:an?|any|more)\s[^.?!]{0,60}\?\s*(?:please\s+)?"
    r"(?:(?:e-?mail|contact|call|send|whatsapp|tell)\s+(?:us|our\s(?:news\w*|editors?|reporters?|journalists?|team|tips?))|get\s+in\s+touch|let\s+us\s+know)\s+"
    r"(?:at|on|by|via|here|with|through)(?!\w).*|(?:do\s+you\s+have|have\s+you\s+got|got)\s+(?:an?|any)\s[^.?!]{0,60}\?\s*"
    r"(?:please\s+)?e-?mail\s+\S+@\S.*",
    re.IGNORECASE,
)
_WRITE = (
    r"(?:присыла|пиш|напиш|сообща|сообщ|расска(?:ж|зыва)|звон|дел|шл|отправля|отправ|поделит)(?:й|и|ь)?(?:те)?(?:сь)?"
)
TIP = re.compile(
    r"(?:(?:есть\s+(?:интересная\s+|важная\s+)?(?:новость|информация|тема|(?:что|о\s+ч[её]м)\s+(?:рассказать|сообщить))|"
    r"(?:вы\s+)?стали\s+(?:очевид|свидетел)|(?:увидели|заметили|узнали)\s+(?:что-(?:то|нибудь)\s+)?интересн|"
    r"знаете\s+(?:новост|больше|что-то|интересн))[^.?!]{0,80}[?!.…]+|"
    r"если\s+(?:вы|у\s+вас)\s+(?:стали|есть|знаете|заметили|увидели)[^.?!]{3,100},)\s*(?:то\s+)?"
    rf"(?=[^.!?]{{0,60}}(?<!\w){_WRITE}(?!\w))",
    re.IGNORECASE,
)
"""The opening of a line that asks readers for news; behind it stands to whom they shall write."""
TO_US = re.compile(r"(?<!\w)(?:нам|наш\w*|редакци\w*)(?!\w)", re.IGNORECASE)
APP = re.compile(
    r"(?:скачай|скачивай|установи|устанавливай)(?:те)?\s+(?:(?:наше|мобильное|бесплатное|официальное)\s+){0,2}приложени[ея]|"
    r"download\s+(?:our|the)\s+(?P<whose>(?:\S+\s+){0,2})app(?!\w)",
    re.IGNORECASE,
)
STORES = re.compile(
    r"(?<!\w)(?:app\s?store|google\s+play|play\s+market|rustore|app\s?gallery|galaxy\s+store|apple|android|ios|"
    r"itunes|google|huawei|free|new|mobile|official|now|today|for|from|and)(?!\w)",
    re.IGNORECASE,
)
LIKE = re.compile(
    r"(?:(?:если\s+(?:вам\s+)?)?понравил(?:ась|ся|ось)\s[^?.!,]{0,40}[?,—–-]+\s*)?(?:не\s+забудьте\s+)?"
    r"(?:(?:по)?ставьте|(?:по)?ставить)\s+(?:лайк\w*|👍)(?=\s*(?:[.!👍]*\s*$|и\s+(?:под|ком|дел|ост|пиш)|,?\s*если\s+(?:вам\s+)?(?:понр|нрав|было)|"
    r"под\s+(?:этим|этой|видео|стать|пост|запис)|(?:этой\s+)?(?:стать|публикац|видео|запис))[^.!?]{0,80}[.!]*$)",
    re.IGNORECASE,
)
SHARE_CALL = re.compile(
    r"(?:(?:поделиться|поделитесь|расскажите\s+друзьям|share)"
    r"(?:\s+(?:this|article|story|post|with\s+friends|новостью|статьёй|статьей|материалом|ссылкой|с\s+друзьями|в\s+соцсетях))*|"
    rf"(?:с?копировать|copy)\s+(?:ссылку|link|url)|{pattern('share')})(?!\w)",
    re.IGNORECASE,
)
NEWSLETTER = re.compile(
    rf"(?:{pattern('newsletter')})(?!\w)(?P<which>[^.?!;,]{{0,60}}(?:,\s+our\s[^.?!;,]{{0,30}})?)(?:newsletter\w{{0,3}}|infolettre|bolet[ií]n|розсилк\w+|рассылк\w+|nieuwsbrief|bülten\w*|бюлетин\w*|bilten\w*|"
    r"inbox(?:\s+every\s+\w+)?)"
    r"(?:\W*(?:(?:sign\s+up|subscribe|register)(?:\s+(?:here|now|today))?|here|an|abonnieren|anmelden|bestellen|diario|semanal))?\W*|"
    r"(?:e-)?bülten\w*\s+(?:abone|kayıt|üye)\s+ol\w*\W*|add\s[^.?!;]{2,40}\sas\s+(?:a|your)\s+(?:preferred|trusted)\s+source(?:\s+(?:on|in)\s+google)?\W*",
    re.IGNORECASE,
)
"""A whole line that offers a newsletter, or asks to be made a preferred source in a search engine."""
DAILY = re.compile(
    r"(?<!\w)(?:daily|weekly|monthly|morning|evening|weekend|free|latest|best|top|breaking|news|stories|headlines|email|e-mail|in|"
    r"your|a|the|of|to|for|and|from|straight|delivered|our|daglig\w*|dagelijkse|wekelijkse|tägliche\w*|kostenlose\w*|quotidien\w*|"
    r"hebdomadaire|gratuit\w*|diari[ao]|semanal|gratuit[ao]|ежедневн\w+|еженедельн\w+|щоденн\w+|щотижнев\w+)(?!\w)",
    re.IGNORECASE,
)
"""Words beside "newsletter" that name nobody."""
BUTTON = re.compile(
    rf"(?:{pattern('button')})[\s.!…»>→]*|\d+\s+posts?\s+-\s+\d+\s+participants?|thanks\s+for\s+reading\s[^.!?]{{2,60}}!\s+(?:subscribe|this\s+post\s+is\s+public)\s.{{5,120}}",
    re.IGNORECASE,
)
"""A whole line that is the label of a button, or that a newsletter platform puts below each newsletter."""
BUTTONS = re.compile(
    r"(?<!\w)(?:e-?mail|почт[аеу]|print|печать|распечатать|copy|скопировать|ссылк[аиу]|link|ещё|еще)(?!\w)",
    re.IGNORECASE,
)
_FIRM = r"(?-i:ООО|АО|ПАО|ЗАО|ОАО|НАО|ИП|АНО|НКО|ФГУП|ФГБУ|ГБУ|ГУП|МУП|ТОО)(?!\w)"
_ERID = r"erid\s*[:=—–-]?\s*(?=[a-z]*\d)[a-z0-9]{8,60}(?!\w)"
_NAME = r"(?-i:[A-ZА-ЯЁ][\w.&'’-]*(?:\s+(?:and|of|the|&|[A-ZА-ЯЁ][\w.&'’-]*))*)"
AD = re.compile(
    rf"{_ERID}[.;]?$|(?:реклама|рекламодатель|на\s+правах\s+рекламы|{_FIRM}|\d\d?\+).*?(?<!\w){_ERID}|"
    rf"(?:\d\d?\+[.,\s]*)?реклама\s*[.,:|]\s*(?:рекламодатель\s*:?\s*)?{_FIRM}|рекламодатель\s*(?::\s*(?-i:[A-ZА-ЯЁ«\"])|[—–-]?\s*{_FIRM})|"
    r"(?:(?:материал|публикация|статья)\s+(?:(?:опубликован|подготовлен|размещ[её]н)\w*\s+)?)?на\s+правах\s+рекламы[.!]?$|"
    r"(?:партн[её]рск|спонсорск|рекламн)(?:ий|ый|ая)\s+(?:материал|публикация|проект|статья|новость)[.!]?$|"
    r"(?:this\s+(?:(?:article|post|story)\s+)?is\s+(?:an?\s+)?)?(?:paid|sponsored|promoted|branded|partner)"
    rf"\s+(?:content|post|story|article|partnership)(?:\s+(?:sponsored\s+)?(?:by|with|from)\s+{_NAME})?[.!]?$|"
    rf"sponsored(?:\s+by\s+{_NAME})?[.!]?$|advertorial[.!]?$",
    re.IGNORECASE | re.DOTALL,
)
"""An advertising disclosure: the token or advertiser that the law requires, or a publisher's words for paid text."""
REGISTERED = re.compile(rf"(?<!\w)(?:{_ERID}|(?-i:ИНН|ОГРН)(?!\w))", re.IGNORECASE)
"""Registration numbers: a disclosure has one, a report about a disclosure has none."""
SLOT = re.compile(r"(?:реклама|advertisement)(?:\s+\d\d?\+)?[.:]?", re.IGNORECASE)
"""The label above a banner's place: it says nothing about the article itself."""


def is_divided(text: str) -> bool:
    """Whether a line contains a bar or a bullet, as stands between labels."""
    return any(map(text.__contains__, _SEPARATORS))


def without_contact(text: str) -> str:
    """A call without the sentences behind it that say how the editors can be reached."""
    call, *more = SENTENCES.split(text)
    return " ".join([call, *(it for it in more if not CONTACT.match(it))]) if more else text


def plain(text: str) -> str:
    """The line without the pictograms and bullets at its beginning."""
    return _PICTOGRAMS.sub("", text)
