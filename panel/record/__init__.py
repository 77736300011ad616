"""The record that proves itself: sealed acts, history, heads, export."""
