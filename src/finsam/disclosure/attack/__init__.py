"""What somebody can work out who has nothing but what is published."""
