"""Text cut into sentences and words, and what kind of word each is.

segment       sentences and tokens with their offsets
word_classes  classes of words by spelling and by the lexicon
tagged        a text with its sentences, tokens and classes, read once for all later stages
"""
