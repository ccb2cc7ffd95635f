package web

import (
	"net/http"

	"secretariat/domain"
	"secretariat/domain/ballot"
	"secretariat/service/balloting"
	"secretariat/service/minuting"
	"secretariat/service/presiding"
)

// deskBallotPage is a vote, and on the page that confirms it the choice about to be cast.
type deskBallotPage struct {
	B       balloting.View
	Choices []Option
	Choice  *Option // only on the confirmation, from the body of a form
	Elected string
}

func (s *Site) deskBallot(v *Visit) (any, error) { return s.ballotPage(v, v.id("ballot")) }

func (s *Site) ballotPage(v *Visit, id domain.ID) (deskBallotPage, error) {
	b, err := s.set.ShowBallot.Call(v.ctx(), balloting.ShowInput{Ballot: id})
	if err != nil {
		return deskBallotPage{}, err
	}
	p := deskBallotPage{B: b}
	if b.Purpose != ballot.Election {
		p.Choices = v.Options("choice", string(ballot.Yes), string(ballot.No), string(ballot.Abstain))
		return p, nil
	}
	house, err := s.set.CountQuorum.Call(v.ctx(), presiding.MeetingInput{Meeting: b.Meeting})
	if err != nil {
		return p, err
	}
	names := map[domain.ID]string{}
	for _, seat := range house.Seats {
		names[seat.Member] = seat.Name
	}
	for _, c := range b.Candidates {
		p.Choices = append(p.Choices, Option{string(c), names[c]})
	}
	if b.Result != nil {
		p.Elected = names[b.Result.Elected]
	}
	p.Choices = append(p.Choices, v.Options("choice", string(ballot.Abstain))...)
	return p, nil
}

// confirmation shows what is about to be cast in words. The choice comes and goes in the body of a form: an address is
// kept in logs and histories.
func (s *Site) confirmation() {
	const pattern = "/ballots/{ballot}/confirm"
	s.routes = append(s.routes, Route{http.MethodPost, pattern, s.set.ShowBallot.Op()})
	s.mux.HandleFunc("POST "+pattern, func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		in, err := readForm[balloting.CastInput](w, r)
		if other := v.sender(); other != nil {
			err = other
		}
		if err != nil {
			s.refuse(v, w, err)
			return
		}
		p, err := s.ballotPage(v, in.Ballot)
		if err != nil {
			s.fail(v, w, err)
			return
		}
		for _, c := range p.Choices {
			if c.Value == string(in.Choice) {
				p.Choice = &c
			}
		}
		if p.Choice == nil {
			var missing domain.Problems
			missing.Add("choice", "field.required", nil)
			s.again(v, w, missing.Err())
			return
		}
		s.show(v, w, "ballot-confirm", p)
	})
	// Who comes to the address by itself, as after signing in again, begins anew.
	s.mux.HandleFunc("GET "+pattern, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/ballots/"+r.PathValue("ballot"), http.StatusSeeOther)
	})
}

func (s *Site) deskSign(v *Visit) (any, error) {
	return s.set.ShowMinutes.Call(v.ctx(), minuting.ShowInput{Meeting: v.id("meeting")})
}
