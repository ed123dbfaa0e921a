"""docfx's JSON Schema dialect: jsonschema's validators with docfx's own keywords.

Part of ``metadata``.
"""
