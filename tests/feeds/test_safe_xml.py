"""A document that is plainly UTF-8 is made safe without being decoded, and becomes what any other would."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from store.feeds.safe_xml import plainly_utf8, to_safe_xml, to_safe_xml_as_it_is

PIECES = st.sampled_from(
    [
        "<?xml version='1.0'?>", '<?xml version="1.0" encoding="utf-8"?>', "<?xml", "?>", ">", " ", "\n", "\ufeff",
        "<rss>", "</rss>", "&#27;", "&#x41;", "&#xFFFE;", "&#8217;", "é", "\uffff", "\ufffe", "\xa0", "text",
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'x'>]>", "<?xml é?>", f"<?xml{'x' * 401}?>", "<?xml-stylesheet a?>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=8).map("".join))
@example("\n<?xml version='1.0'?>\n<rss>&#x41;&#27;é</rss>")
def test_a_document_is_the_same_decoded_or_as_it_is(text: str) -> None:
    body = text.encode()
    if plainly_utf8(body, ""):
        assert to_safe_xml_as_it_is(body) in (None, to_safe_xml(body, ""))


def test_a_usual_document_need_not_be_decoded() -> None:
    body = b"<?xml version='1.0' encoding='UTF-8'?>\n<rss><title>&#8217;&#0;</title></rss>"
    assert to_safe_xml_as_it_is(body) == b"<rss><title>&#8217;</title></rss>"
