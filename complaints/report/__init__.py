"""The annual complaints report: figures, words, the paper in each format, and its pages."""
