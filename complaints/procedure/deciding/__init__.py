"""The Chairman considers a complaint and decides how it is handled (paras 7, 9 and 10; reg 15)."""
