"""One test per page, and what holds for all of them."""
