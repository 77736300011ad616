"""Who stands on the standing sub-panel, or in the pool from which sub-panels are made."""

from panel.forms.fields import SelectField, TickField
from panel.models import PoolMember
from panel.pages.people_forms import OfMemberForm, clash, first_day, last_day


class PoolForm(OfMemberForm):
    """Who stands on the standing sub-panel, or in the pool."""

    one_of_many = True
    model, one = PoolMember, "member of the pool"
    columns = ("member", "substitute", "from_date", "to_date")
    member = SelectField(label="Which member?", blank="Choose", required_message="Select the member")
    substitute = TickField(
        label="As a substitute only", required=False, hint="Sits where a member of the standing sub-panel cannot."
    )
    from_date = first_day()
    to_date = last_day()

    def check(self, cleaned):
        """Once at a time."""
        super().check(cleaned)
        if self.errors:
            return
        rows = self.panel.pool.filter(member=cleaned["member"]).overlapping(cleaned["from_date"], cleaned["to_date"])
        if row := rows.exclude(pk=self.instance.pk if self.instance else None).select_related("member").first():
            self.add_error("member", clash(row, row.member.name, "in the pool"))
