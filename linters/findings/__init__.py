"""From raw findings to the report: rule settings, selectors, suppressions, fingerprints.

Imports ``checker`` and the layers below, and no checker.
"""
