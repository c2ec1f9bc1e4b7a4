"""Feeds: fetching, parsing and scheduling them, discovering them on web pages, importing and exporting lists of them.

fetcher           one address to bytes: limits, redirects, conditional requests
connections       watched sockets: time limits, private addresses, proxies
content_encoding  gzip, deflate, br and zstd, decoded under a size limit
http_rules        addresses, redirects, headers and statuses
safe_xml          bytes made safe for an XML parser
known_items       items known from the last refresh, cut out before parsing
parser            a feed of any format to entries
feedparser_driver feedparser, told to do only what is needed
feedparser_entries  feedparser's dictionaries to entries
json_feed         JSON Feed to entries
entries           identity, titles, names and addresses of entries
schedule          when a feed is due; what an answer changes
refresher         many feeds at once, by threads and worker processes
worker_tasks      what worker processes run, importing little
discovery         the feeds that a web page offers
article_page      the article on a web page
images            pictures, fetched and decoded
feed_lists        lists of feeds of any kind, and where other programs keep theirs
opml              OPML, read and written
newsboat_urls     newsboat's urls file, read and written
import_plan       what importing a list would change
"""
