package minuting

import (
	"context"
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/minutes"
	"secretariat/service"
)

// ShowInput asks for the minutes of a meeting, in an earlier version when Number is given (staff and auditors only).
type ShowInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
	Number  int       `json:"-" query:"number"`
}

// View is what members and staff see of minutes: everything, save for members the items they are recused from.
type View struct {
	Minutes     minutes.Minutes      `json:"minutes"`
	Number      int                  `json:"number"`
	Hash        string               `json:"hash"`
	Content     minutes.Content      `json:"content"`
	Versions    []Version            `json:"versions,omitempty"`
	Signatures  []minutes.Signature  `json:"signatures"` // of the locked version
	Unsigned    []domain.ID          `json:"unsigned"`
	Corrections []minutes.Correction `json:"corrections"`
	Redactions  []minutes.Redaction  `json:"redactions,omitempty"`
	Findings    []domain.Finding     `json:"findings,omitempty"`
	MaySign     bool                 `json:"maySign"` // the reader has to sign and has not
	Withheld    []domain.ID          `json:"withheld,omitempty"`
}

// Version is a version without its text.
type Version struct {
	Number int       `json:"number"`
	Author domain.ID `json:"author"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason,omitempty"`
	Hash   string    `json:"hash"`
}

// Show reads the minutes. CodeNotFound when there are none yet, or, for members, when they are not circulated.
func (s *Service) Show(ctx context.Context, by domain.Actor, in ShowInput) (View, error) {
	return service.See(ctx, s.store, func(tx Tx) (View, error) {
		m, there, err := tx.MinutesOf(ctx, in.Meeting)
		if err != nil {
			return View{}, err
		}
		if !there || m.State == minutes.Drafting && !insider(by, m.Committee) {
			return View{}, domain.NotFound("minutes")
		}
		facts := access.Facts{Committee: m.Committee, Announced: true, Published: m.State == minutes.Published}
		if err := access.Can(by, "minutes.show", facts).Err(); err != nil {
			return View{}, err
		}
		return show(ctx, tx, by, m, in.Number)
	})
}

func show(ctx context.Context, tx Tx, by domain.Actor, m minutes.Minutes, wish int) (View, error) {
	number := m.Locked
	if number == 0 || m.State == minutes.Drafting {
		number = m.Current
	}
	if wish > 0 && insider(by, m.Committee) {
		number = wish
	}
	rev, err := tx.Revision(ctx, m.ID, number)
	if err != nil {
		return View{}, err
	}
	v := View{Minutes: m, Number: rev.Number, Hash: rev.Hash, Content: rev.Content}
	if v.Withheld, err = kept(ctx, tx, by, m.Meeting); err != nil {
		return View{}, err
	}
	if len(v.Withheld) > 0 {
		v.Content = v.Content.Without(v.Withheld)
	}
	if err := v.signatures(ctx, tx, by); err != nil {
		return View{}, err
	}
	if v.Corrections, err = corrections(ctx, tx, by, m); err != nil {
		return View{}, err
	}
	if insider(by, m.Committee) {
		err = v.backstage(ctx, tx)
	}
	return v, err
}

func (v *View) signatures(ctx context.Context, tx Tx, by domain.Actor) error {
	all, err := tx.SignaturesOf(ctx, v.Minutes.ID)
	if err != nil {
		return err
	}
	v.Signatures = slices.DeleteFunc(all, func(s minutes.Signature) bool { return s.Number != v.Minutes.Locked })
	v.Unsigned = v.Minutes.Unsigned(v.Signatures)
	me := by.Member(v.Minutes.Committee)
	v.MaySign = me != "" && v.Minutes.State != minutes.Drafting && slices.Contains(v.Unsigned, me)
	for i := range v.Signatures { // who else is recused from what is nobody's business here
		if v.Signatures[i].Member != me && !insider(by, v.Minutes.Committee) {
			v.Signatures[i].Omitted = nil
		}
	}
	return nil
}

// corrections are all requests for staff, and a member's own for the member.
func corrections(ctx context.Context, tx Tx, by domain.Actor, m minutes.Minutes) ([]minutes.Correction, error) {
	all, err := tx.CorrectionsOf(ctx, m.ID)
	if err != nil || insider(by, m.Committee) {
		return all, err
	}
	me := by.Member(m.Committee)
	return slices.DeleteFunc(all, func(c minutes.Correction) bool { return me == "" || c.Member != me }), nil
}

// backstage adds what only who works on the minutes sees.
func (v *View) backstage(ctx context.Context, tx Tx) error {
	revisions, err := tx.RevisionsOf(ctx, v.Minutes.ID)
	if err != nil {
		return err
	}
	for _, r := range revisions {
		v.Versions = append(v.Versions, Version{
			Number: r.Number, Author: r.Author, At: r.At, Reason: r.Reason, Hash: r.Hash,
		})
	}
	if v.Redactions, err = tx.RedactionsOf(ctx, v.Minutes.ID); err != nil {
		return err
	}
	held, err := tx.Meeting(ctx, v.Minutes.Meeting)
	if err != nil {
		return err
	}
	rules, err := tx.Policy(ctx, held.Rules)
	if err != nil {
		return err
	}
	v.Findings = v.Minutes.Findings(v.Content, rules)
	return nil
}
