"""People across articles: which names are one person, and what each said over time. Derived from the store."""
