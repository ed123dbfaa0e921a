"""Views on plain text: lines and columns, Markdown events with exact ranges.

Part of ``article``; imports nothing but ``model``.
"""
