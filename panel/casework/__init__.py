"""How a case moves: steps, duties, drafts, and the steps that every register shares."""
