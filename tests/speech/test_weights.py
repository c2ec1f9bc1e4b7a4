"""The file of weights: what is written is what is read, whatever the words in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.attribution import linear_model as ranker

_WORDS = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=6) | st.sampled_from("=%[#{}")
_FEATURES = st.one_of(
    st.builds("word={}".format, _WORDS),
    st.builds("cue unit False|left={} right={}".format, _WORDS, _WORDS),
    st.sampled_from(["according", "sure 50% of it"]),
)
_WEIGHTS = st.dictionaries(_FEATURES, st.integers(-300, 300).filter(bool), min_size=1, max_size=12)


@given(st.dictionaries(st.sampled_from(ranker.MODELS), _WEIGHTS, min_size=1))
def test_weights_are_read_as_they_were_written(models: dict[str, dict[str, int]]) -> None:
    assert ranker.parse(ranker.render(models)) == models


def test_the_shipped_weights_are_all_read() -> None:
    named = {model: ranker.weights(model) for model in ranker.MODELS}
    assert all(named.values())
    assert ranker.parse(ranker.render(named)) == named
