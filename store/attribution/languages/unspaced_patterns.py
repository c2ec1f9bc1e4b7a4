"""Plain speakers in Arabic, Chinese, Japanese and Korean: a surname with an office beside a quotation and its verb.

These need patterns of their own: no blanks, no capitals. Each looks at a few dozen characters beside a quotation.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from store.attribution.languages.marks import Quotation
from store.attribution.languages.word_files import sections
from store.models import Span

WINDOW = 60
"""Characters beside a quotation that are looked at."""


class Named(NamedTuple):
    """A speaker: where the name stands, its office or title, and the verb when there is one."""

    name: Span
    role: str
    verb: Span | None
    verb_class: str = "said"


_HAN = "\u4e00-\u9fff"
_KATAKANA = "\u30a1-\u30fa\u30fc"

_ZH_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文習张劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭"
    "鄧許呂蘇盧蔣賈葉閻鍾薑譚鄒陸顧錢湯賀賴龔习"
)
_ZH_OFFICES = (
    "国务院总理|副总理|总理|国家主席|副主席|主席|总统|總統|副总统|部长|部長|副部长|发言人|發言人|大使|省长|市长|市長|州长|书记|議員|议员|"
    "局长|院长|校长|教授|研究员|专家|总裁|董事长|首席执行官|经理|主任|主任委员|律师|律師|教练|队长|記者|医生|院士|司令|将军|首相|外长|防长"
)
_ZH_VERBS = "告诉记者|告訴記者|表示|说道|说|說|称|指出|强调|強調|认为|認為|坦言|回应称|回应说|回应|回應|写道"
_ZH_BETWEEN = r"(?:[在对對向于于今昨当當周日曾还還也则則就并並通接受][^，。！？；：“”「」\n]{0,14}?)?"
_ZH_NAME = rf"(?P<name>[{_ZH_SURNAMES}][{_HAN}]{{1,2}}?|[{_HAN}]{{2,6}}(?:·[{_HAN}]{{1,6}}?){{1,3}}?)"
_ZH_LEAD = re.compile(rf"(?:{_ZH_VERBS})[：:，,]?\s*$")
_ZH_BEFORE = re.compile(rf"(?P<role>{_ZH_OFFICES}){_ZH_NAME}{_ZH_BETWEEN}(?P<verb>{_ZH_VERBS})[：:，,]?\s*$")
_ZH_AFTER = re.compile(
    rf"[，,。]?[{_HAN}]{{0,8}}?(?P<role>{_ZH_OFFICES}){_ZH_NAME}{_ZH_BETWEEN}(?P<verb>{_ZH_VERBS})[。，；]"
)

_JA_NAME = rf"(?P<name>[{_KATAKANA}・]{{2,16}}|[{_HAN}々]{{2,6}})"
_JA_TITLES = "氏|さん|首相|大統領"
_JA_BEFORE = re.compile(
    rf"(?:^|[、。\s」』の（）])(?:[米英仏独中韓]|)(?P<whole>{_JA_NAME}(?P<role>{_JA_TITLES}))[はが][^。「」『』\n]{{0,30}}$"
)
_JA_NOBODY = re.compile(r"[同両前元副新現]|患者|業者|社長|店長|皆|各|首|大")
_JA_VERB = re.compile(
    r"(?:などと|と|って)[^。「」『』\n]{0,12}?(?P<verb>述べ|語っ|語る|話し|話す|言っ|強調し|指摘し|訴え|コメントし|説明し|答え)"
)
_JA_AFTER = re.compile(rf"と、?(?P<whole>{_JA_NAME}(?P<role>氏|さん))[はが](?P<verb>述べ|語っ|話し|言っ)")

_KO_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구나민진지엄"
    "채원천방공현함변염여추도소석선설마길연위표명기반"
)
_KO_OFFICES = (
    "대통령|총리|장관|차관|의원|대표|원내대표|시장|지사|교수|대변인|위원장|감독|회장|사장|총장|청장|선수|변호사|씨"
)
_KO_BEFORE = re.compile(
    rf"(?:^|[\s,·(])(?P<name>[{_KO_SURNAMES}][가-힣]{{2}}) ?(?P<role>(?:[가-힣]{{1,5}} ?)?(?:{_KO_OFFICES}))"
    r"[은는이가](?=[ ,])[^.“”\"\n]{0,40}$"
)
_KO_NOBODY = re.compile(r".*[부청원처당군시도구회국측들]$")
_KO_VERB = re.compile(
    r"\s?(?:이?라고|이?라며|이?라면서|고|며|면서)\s?(?:[가-힣]+ ){0,3}?"
    r"(?P<verb>말했|밝혔|전했|강조했|덧붙였|설명했|주장했|답했|지적했)"
)


def plain_speaker(text: str, code: str, quotation: Quotation, floor: int) -> Named | None:
    """The speaker that stands plainly beside the quotation; ``floor`` is where the quotation before it ends."""
    before = max(floor, quotation.outer_start - WINDOW)
    lead = text[before : quotation.outer_start]
    lead = lead[lead.rfind("\n") + 1 :]
    at = quotation.outer_start - len(lead)
    behind = text[quotation.outer_end : quotation.outer_end + WINDOW]
    if code == "zh":
        return _chinese(lead, at, behind, quotation.outer_end)
    if code == "ja":
        return _japanese(lead, at, behind, quotation.outer_end)
    if code == "ko":
        return _korean(lead, at, behind, quotation.outer_end)
    return _arabic(lead, at) if code == "ar" else None


def has_verb(text: str, code: str, quotation: Quotation) -> bool:
    """Whether a speech verb stands right beside the quotation."""
    if code == "zh":
        return _ZH_LEAD.search(text[max(0, quotation.outer_start - 8) : quotation.outer_start]) is not None
    behind = text[quotation.outer_end : quotation.outer_end + WINDOW]
    pattern = {"ja": _JA_VERB, "ko": _KO_VERB}.get(code)
    return pattern is not None and pattern.match(behind) is not None


def _chinese(lead: str, at: int, behind: str, end: int) -> Named | None:
    match = _last(_ZH_BEFORE, lead)
    if match is not None:
        return _named(match, at)
    match = _ZH_AFTER.match(behind)
    return _named(match, end) if match is not None else None


def _japanese(lead: str, at: int, behind: str, end: int) -> Named | None:
    match = _JA_AFTER.match(behind)
    if match is not None and not _JA_NOBODY.match(match["name"]):
        return _named(match, end)
    verb = _JA_VERB.match(behind)
    lead_match = _last(_JA_BEFORE, lead[lead.rfind("。") + 1 :]) if verb is not None else None
    if verb is None or lead_match is None or _JA_NOBODY.match(lead_match["name"]):
        return None
    offset = at + lead.rfind("。") + 1
    name = Span(offset + lead_match.start("name"), offset + lead_match.end("name"))
    return Named(name, lead_match["role"], Span(end + verb.start("verb"), end + verb.end("verb")))


def _korean(lead: str, at: int, behind: str, end: int) -> Named | None:
    verb = _KO_VERB.match(behind)
    match = _last(_KO_BEFORE, lead) if verb is not None else None
    if verb is None or match is None or _KO_NOBODY.match(match["name"]):
        return None
    name = Span(at + match.start("name"), at + match.end("name"))
    return Named(name, match["role"], Span(end + verb.start("verb"), end + verb.end("verb")))


def _last(pattern: re.Pattern[str], lead: str) -> re.Match[str] | None:
    """The last match of a pattern that ends with the text."""
    found = None
    at = 0
    while (match := pattern.search(lead, at)) is not None:
        found, at = match, match.start() + 1
    return found


def _named(match: re.Match[str], offset: int) -> Named:
    verb = Span(offset + match.start("verb"), offset + match.end("verb"))
    return Named(Span(offset + match.start("name"), offset + match.end("name")), match["role"], verb)


_ARABIC_WORD = re.compile(r"[\u0621-\u064a\u064b-\u0652]+|[^\s\u0621-\u064a\u064b-\u0652]")
_ARABIC_NAME_WORDS = 4
_ARABIC_OFFICES = 7
"""Words between the verb and the name."""


def _arabic(lead: str, at: int) -> Named | None:
    """``وقال الوزير X:`` : a speech verb, offices, a known given name, up to the colon."""
    lists = sections("ar")
    given = {*lists["given names he"], *lists["given names she"]}
    classes = {
        verb: name for name, verbs in lists.items() if not name.startswith(("given", "offices")) for verb in verbs
    }
    words = [*_ARABIC_WORD.finditer(lead)]
    if not words or words[-1].group() != ":":
        return None
    verbs = [number for number, word in enumerate(words) if word.group() in classes]
    if not verbs:
        return None
    first = next((n for n in range(verbs[-1] + 1, len(words) - 1) if words[n].group() in given), -1)
    if first < 0 or first - verbs[-1] > _ARABIC_OFFICES or not 2 <= len(words) - 1 - first <= _ARABIC_NAME_WORDS:
        return None
    between = [word.group() for word in words[verbs[-1] + 1 : first]]
    if between and between[0] not in lists["offices"]:
        return None
    name = words[first : len(words) - 1]
    if any(not word.group()[0].isalpha() for word in (*name, *words[verbs[-1] + 1 : first])):
        return None
    role = lead[words[verbs[-1] + 1].start() : words[first - 1].end()] if between else ""
    verb = words[verbs[-1]]
    span = Span(at + name[0].start(), at + name[-1].end())
    return Named(span, role, Span(at + verb.start(), at + verb.end()), classes[verb.group()])
