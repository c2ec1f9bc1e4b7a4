"""Full-text search and the query language.

query            the language as a whole: parse a query
query_parser     text to tree
query_ast        the tree; ``str()`` reads back as the same query
evaluate         which articles match a tree, the cheapest part first
evaluate_one     whether one article matches, without an index
article_search   the library's service: queries to article ids
saved_searches   searches with a name
scopes           the articles of a view before its query
regex_guard      regular expressions that cannot run away
fts_index        the SQLite FTS5 index
index_keeper     keeps the index in step with the store
bulk_indexer     a process that indexes many articles
vocabulary       the index's words
snippets         passages that show why an article was found
quote_filter     queries over quotations and people
"""
