package meeting

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
)

// GroundUrgent is the code of urgency among the grounds of a written deliberation and of a shorter notice.
const GroundUrgent = "urgent"

// written looks at a written deliberation: an admissible ground with its reason, a window of the least length from
// the day on which it is sent, and no subject that must be discussed face to face unless it is urgent (위원회규칙 4①).
func (d Draft) written(r policy.Rules) []Finding {
	m := d.Meeting
	var out []Finding
	if m.WrittenReason == "" || !slices.Contains(policy.WrittenGrounds.Of(r), m.WrittenGround) {
		out = append(out, Finding{Key: "meeting.written_no_ground", Basis: policy.WrittenGrounds.Cite(r), Blocking: true})
	}
	least := policy.WrittenWindowDays.Of(r)
	if m.WrittenUntil == nil || calendar.DateOf(d.Now).DaysUntil(calendar.DateOf(*m.WrittenUntil)) < least {
		out = append(out, Finding{
			Key: "meeting.written_window", Basis: policy.WrittenWindowDays.Cite(r), Blocking: true,
			Args: domain.Args{"days": least},
		})
	}
	for _, i := range d.Items {
		out = append(out, d.writtenItem(r, i)...)
	}
	return out
}

func (d Draft) writtenItem(r policy.Rules, i Item) []Finding {
	if i.State == Withdrawn {
		return nil
	}
	var out []Finding
	f := Finding{Subject: i.ID, Args: domain.Args{"position": i.Position}, Blocking: true}
	excluded := slices.Contains(policy.WrittenExcluded.Of(r), string(i.Subject))
	if excluded && d.Meeting.WrittenGround != GroundUrgent {
		f.Key, f.Basis = "item.not_in_writing", policy.WrittenExcluded.Cite(r)
		out = append(out, f)
	}
	if i.SecretBallot {
		f.Key, f.Basis = "item.secret_in_writing", policy.WrittenSameQuorum.Cite(r)
		out = append(out, f)
	}
	return out
}
