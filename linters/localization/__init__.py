"""Side-by-side localized articles: structure of the segments and what translation did."""
