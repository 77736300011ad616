"""The record of a complaint is kept, corrected, restricted and, in the end, erased (para 5; reg 34)."""
