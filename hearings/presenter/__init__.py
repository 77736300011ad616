"""What pages show of a hearing beyond what every case shows. `case` is the whole; each other module is one part of it."""
