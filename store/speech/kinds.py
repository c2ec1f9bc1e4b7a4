"""Members of the enumerations of :mod:`store.models` under names of their own.

Looking one up in its class takes as long as ten comparisons, and they are compared by the thousand.
"""

from __future__ import annotations

from store.models import MentionKind, QuoteKind, SpeakerKind

A_PERSON, A_BODY, A_GROUP = SpeakerKind.PERSON, SpeakerKind.ORGANISATION, SpeakerKind.GROUP
A_NAME, A_NOMINAL, A_PRONOUN = MentionKind.NAME, MentionKind.NOMINAL, MentionKind.PRONOUN
DIRECT, MIXED, INDIRECT = QuoteKind.DIRECT, QuoteKind.MIXED, QuoteKind.INDIRECT
