"""Links: where they stand, what they point at, and what a reader would get there."""
