"""The Panel's report to the Commissioner: its content, the Word file, and the addresses at which both are had."""
