"""Plain values: identity numbers, periods, shares, places and dated codes, without database, clock or web."""
