"""Everything that talks to servers: every http(s) URL gets one verdict.

Part of ``links``; imports the layers below the checkers, and nothing else of ``links``.
"""
