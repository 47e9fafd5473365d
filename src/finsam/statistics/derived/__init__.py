"""What is made of cells that may be shown: shares, averages, comparisons."""
