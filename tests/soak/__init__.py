"""What only time and violence bring out: many writers at once, and a server killed in the middle of steps."""
