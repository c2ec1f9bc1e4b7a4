"""Where articles come from: plain files, feeds, and lists of feeds."""
