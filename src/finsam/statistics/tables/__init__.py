"""What figures are counted from: tables, periods, and the dimensions they can be split by."""
