"""Where feeds come from: fetched, decoded, parsed, scheduled; found on web pages; moved from and to other readers.

fetcher           one address to bytes: limits, redirects, conditional requests
connections       sockets: who may be asked, time limits, proxies
content_encoding  bodies unpacked piece by piece under a cap
http_rules        what headers mean
safe_xml          bytes made safe for parsers
item_spans        the items of a feed as spans of its bytes
known_items       which items are known already, cut out before parsing
parser            RSS and Atom, by feedparser
json_feed         JSON Feed
entries           parsed items to entries
schedule          when a feed is due; what an answer changes
refresher         many feeds at once
worker_tasks      what worker processes do with feeds
discovery         the feeds that a web page offers
article_page      the article in a web page
images            pictures fetched and decoded
feed_lists        a list of feeds, whatever its kind
opml              OPML
newsboat_urls     newsboat's urls file
import_plan       what an imported list would change
usual_places      lists that other readers left on this machine
"""
