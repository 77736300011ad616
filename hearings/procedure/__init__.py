"""The procedure of a confirmation hearing, a chapter a file.

A chapter holds a table of steps, `STEPS`, and beside it what these steps ask, check and do. `schedule1` and `schedule8`
say which chapters they take. No chapter imports another: what several need stands in `states`, `law`, `conditions`,
`recipients`, `duties`, `effects`, `meetings`, `posts`, `window`, `questions` and `checklist`.
"""

from hearings.procedure import schedule1, schedule8

PROCEDURES = (schedule1.PROCEDURE, schedule8.PROCEDURE)
