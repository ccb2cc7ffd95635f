package web

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/service/convening"
)

// owingForms adds the press that reminds those who owe something (독촉).
func owingForms(s *Site) {
	done("reminded")
	act(s, "/meetings/{meeting}/reminders", s.set.Remind,
		func(v *Visit, in convening.RemindInput, _ convening.Reminded) string {
			return back(v, "") + "?done=reminded#owing-" + string(in.About)
		})
}

// owingOf is what members owe in a meeting, for who may know.
func (s *Site) owingOf(v *Visit, of, committee domain.ID) ([]convening.Owed, error) {
	if !v.May("reminder.list", committee) {
		return nil, nil
	}
	out, err := s.set.ListOwing.Call(v.ctx(), convening.OwingInput{Meeting: of})
	return out.Items, err
}

// addOwing adds to the page of the preparation what members owe before the meeting.
func (s *Site) addOwing(v *Visit, p *preparePage) error {
	var err error
	p.owing, err = s.owingOf(v, p.M.ID, p.M.Committee)
	return err
}

// owed picks things that members owe, each once; those that are not waited for are left out.
func owed(all []convening.Owed, about ...meeting.About) []convening.Owed {
	var out []convening.Owed
	for _, x := range about {
		if n := slices.IndexFunc(all, func(o convening.Owed) bool { return o.About == x }); n >= 0 {
			out = append(out, all[n])
		}
	}
	return out
}

// OwedDates is who owes word on the candidate dates.
func (p preparePage) OwedDates() []convening.Owed { return owed(p.owing, meeting.AboutDates) }

// Owed is what members owe before the meeting or in a written deliberation.
func (p preparePage) Owed() []convening.Owed {
	return owed(p.owing, meeting.AboutAnswer, meeting.AboutInterest, meeting.AboutVote)
}

// OwedSignatures is who owes a signature.
func (p minutesPage) OwedSignatures() []convening.Owed { return owed(p.owing, meeting.AboutSignature) }
