"""An old register brought in from a CSV or Excel file, as councils keep them: cases that had ended before.

    tables, left_out = read_file(data, name)               # files.py: its sheets, each with its headings
    reading = read_rows(panel, tables, columns, words)     # rows.py: what each row says, and what is wrong with it
    entered = enter(panel, reading, by=user)               # enter.py: all of them or none, each by `enter_from_register`

columns.py says what a heading means, meanings.py what the words for an ending mean; a person can change both.
"""
