"""Files that the product makes: spreadsheets and Word."""
