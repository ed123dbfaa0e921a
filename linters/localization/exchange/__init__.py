"""Strip, verify, compare and export side-by-side articles.

Part of ``localization``; used by ``cli.localization``.
"""
