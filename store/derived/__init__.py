"""What is derived from the store, kept in the cache folder, and rebuilt when it is deleted or damaged.

sqlite_file      one SQLite file with a format number and checks
background_sync  keeps such a file in step with the store, in the background
"""
