"""One file, read once: text, lines, front matter with positions, Markdown events, segments.

Pure parsing. Imports only ``model`` and ``util``; every layer above may import it.
"""
