"""What the steps of a meeting rest on. The law of council meetings is applied to panels by regulations of which only the
beginning was read (docs/law.md), so beyond notice and exempt information nothing is asserted."""

from panel.law.meetings import AGENDA as AGENDA
from panel.law.meetings import WELSH_AGENDA as WELSH_AGENDA

MEETINGS = "2012/2734 regs 3-6"
NOTICE = "LGA 1972 s 100B"
URGENT = "LGA 1972 s 100B(4)(b)"
EXEMPT = "LGA 1972 s 100A(4)"
