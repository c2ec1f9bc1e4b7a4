"""Articles from files: plain text, Markdown and HTML that a user wrote or saved.

finder        which files of a folder are articles
reader        one file to one entry
layout        headline, byline, dateline and body of a plain text
datelines     "LONDON, 3 May (Reuters) —"
front_matter  metadata above the text between two lines of dashes
"""
