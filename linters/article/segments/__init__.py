"""Side-by-side segments: a raw-text tokenizer for the span pairs of localized articles.

Part of ``article``; imports nothing but ``model`` and ``article.text.markdown``.
"""
