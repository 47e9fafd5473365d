"""A second set of the figures, written from the definitions: loops over rows, slow and without tables or engines.

Every reference has one shape: `(rows, periods, by, where)` gives the counts of each cell that has any, by period and
the codes of `by`.
"""
