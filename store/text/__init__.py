"""Outside text on its way in, whatever its source: decoded, cleaned, cut into blocks with exact offsets.

clean             removes control characters and escape sequences
decoding          bytes to text
mojibake          repairs text that was decoded wrongly
html              the HTML of an article to blocks
html_elements     what HTML's elements mean
html_reader       collects passages from a parser's events
html_media        addresses of pictures, videos and sounds in a page
html_math         formulas as text
html_tables       tables as text
shifted           raised and lowered text
web_page          a whole web page as an article
plain_text        plain text and Markdown to blocks
bare_addresses    addresses in a text become links
document_builder  blocks to a document with exact offsets
diff              what changed between two versions of a text
dates             dates in any notation, with their zone
urls              which addresses may be opened, and which are the same feed
tags              names that you give to feeds and articles
words             what counts as a word in a search
"""
