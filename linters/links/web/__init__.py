"""URLs and pages as browsers read them, without sending a request.

Part of ``links``; imports the layers below the checkers, and nothing else of ``links``.
"""
