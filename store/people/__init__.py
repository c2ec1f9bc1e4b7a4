"""People across articles: which names are one person, and what each said over time. Derived from the store.

service           the library's service for people
identity_index    keeps the people index in step with the store
writer            adds and removes articles, merges and splits identities
schema            the tables of the index
queries           the questions it answers: directory, pages, quotations
tallies           who gets quoted how often
stories           articles on the same event
name_matching     whether two names can be one person's
candidates        the known people whom a name may mean
entity_linking    decides which of them it is
features          the evidence: role, company, subject
identities        the forms of a name and the profile of an identity
user_decisions    what you decided on who is who
quote_similarity  whether two quotations are reprints of one
quote_groups      groups reprints as articles arrive
reprints          how reprints differ
"""
