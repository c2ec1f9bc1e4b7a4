"""The files under TinyDB: a durable, fast :class:`tinydb.storages.Storage`.

storage            commits, compaction, TinyDB's storage interface
reader             reads a folder: the newest snapshot and the journals over it
opening            opens a folder, taking the lock where it may be written
journal            changes since the snapshot, each commit on the disk before it counts
snapshot           all rows at one moment, with columns that find any of them
segments           long texts, compressed, in files that only grow
texts              which tables hold long texts, and how rows point to them
rows               one table's rows: the snapshot's, and over them what changed
views              tables as TinyDB reads them
checksummed_lines  the line format of journal and snapshot
columns            arrays of numbers in a snapshot
compaction         when a new snapshot is due, and unused texts are given back
migrations         stores of earlier formats
quarantine         damaged records, set aside
lock               one writing process a folder
files              every call to the disk; tests give one that fails
"""
