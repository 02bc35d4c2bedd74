"""What pages have in common: forms, caches, limits, signed links and who may see them."""
