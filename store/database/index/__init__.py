"""Arrays over all articles, which answer lists and counts without reading a row; they follow every commit.

articles           the index as a whole
publication_order  articles by date
flags              feed, read, starred, tagged and muted of each
hashes             articles by guid and by digest of their content
sort_keys          what lists are sorted by
"""
