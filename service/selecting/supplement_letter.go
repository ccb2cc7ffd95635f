package selecting

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// supplementPost is the correspondence while eligibility is reviewed: requests for supplements.
func (s *Service) supplementPost(ctx context.Context, tx Tx, out post) (post, error) {
	var err error
	if out.Supplements, err = tx.SupplementsIn(ctx, out.Call.ID); err != nil {
		return out, err
	}
	out.Now = s.now()
	out.Sent, err = tx.SelectionLetters(ctx, out.Call.ID)
	out.due = out.Due()
	return out, err
}

// supplementLetter adds what is asked for, and gives who submitted the application and where it is answered.
func (s *Service) supplementLetter(ctx context.Context, tx Tx, id domain.ID, f *letterFacts) (domain.ID, string, error) {
	of, err := tx.Supplement(ctx, id)
	if err != nil {
		return "", "", err
	}
	x, err := tx.Application(ctx, of.Application)
	f.Application, f.Reason, f.Until, f.Basis = x, of.Reason, calendar.DateOf(of.Due).Korean(), of.Basis
	form := f.Call.Terms.ApplicationForm()
	for _, key := range of.Fields {
		field, _ := form.Field(key)
		f.Fields = append(f.Fields, field.Label.Ko)
	}
	return x.SubmittedBy, "/applications/" + string(x.ID) + "/supplement", err
}
