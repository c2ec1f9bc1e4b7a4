"""Where words are quoted.

marks        quotation marks and what stands between them
transcripts  turns of dialogues and interviews ("Q: …", "SMITH: …")
"""
