"""How reports were laid out that were issued before version 0.2 and kept no files but Word's: their figures, read again,
give the same bytes as on that day. Nothing here changes any more; papers of today are made in `complaints.report`.

    made("html", thawed(row), text_of_row(row))
"""
