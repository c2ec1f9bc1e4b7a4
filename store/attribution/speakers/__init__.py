"""Who said it.

context     what is known at one place of the text
candidates  who can be the speaker of a quotation
statements  quotations and reported clauses joined to their speakers
records     the records that the caller is given
"""
