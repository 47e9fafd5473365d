"""What an edition keeps on the disk, and what it says of other publications."""
