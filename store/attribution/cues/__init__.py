"""What tells that something was said, and what of a sentence was said.

verbs           verbs of speech and their classes
detection       cues in a sentence, with what belongs to them
clauses         clauses of a sentence and what a quotation interrupts
noun_phrases    where noun phrases begin and end
subjects        the subject of a verb
content         the words that a cue reports
content_bounds  where reported words begin and end
"""
