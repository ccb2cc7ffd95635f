package selecting

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
	"secretariat/domain/selection"
	"secretariat/service"
)

// SettleInput is the account of a firm.
type SettleInput struct {
	Agreement domain.ID               `path:"agreement" json:"-"`
	Items     []selection.SettledItem `json:"items"` // in the order of the budget; what is recognised is not read
	Interest  int64                   `json:"interest"`
	Verifier  string                  `json:"verifier"`
	Version   int                     `json:"version"`
}

// Settle takes in the account of a firm (정산보고): settlement.file. CodeConflict before its completion is accepted.
func (s *Service) Settle(ctx context.Context, by domain.Actor, in SettleInput) (selection.Agreement, error) {
	return s.ledger(ctx, by, "settlement.file", in.Agreement, in.Version,
		func(a *service.Act[Tx], g selection.Agreement, _ selection.Call, r policy.Rules) (selection.Agreement, error) {
			x := selection.Settlement{
				Items: append([]selection.SettledItem{}, in.Items...), Interest: in.Interest, Verifier: strings.TrimSpace(in.Verifier),
				FiledAt: a.Now, FiledBy: a.By.ID,
			}
			var p domain.Problems
			g.CheckSettlement(&p, x, r)
			if err := p.Err(); err != nil {
				return g, err
			}
			return g.FileSettlement(x)
		})
}

// SettledInput decides on an account.
type SettledInput struct {
	Agreement domain.ID               `path:"agreement" json:"-"`
	Return    bool                    `json:"return"` // to be filed anew
	Items     []selection.SettledItem `json:"items"`  // what is recognised of each, and why the rest is refused
	Opinion   string                  `json:"opinion"`
	Version   int                     `json:"version"`
}

// DecideSettlement decides what is recognised of an account, or returns it: settlement.decide. What the city bears, what is cut
// since the first account came late, and what is to be returned is computed.
func (s *Service) DecideSettlement(ctx context.Context, by domain.Actor, in SettledInput) (selection.Agreement, error) {
	return s.ledger(ctx, by, "settlement.decide", in.Agreement, in.Version,
		func(a *service.Act[Tx], g selection.Agreement, c selection.Call, r policy.Rules) (selection.Agreement, error) {
			var p domain.Problems
			p.Text("opinion", in.Opinion, in.Return, domain.MaxText)
			if err := p.Err(); err != nil {
				return g, err
			}
			opinion := strings.TrimSpace(in.Opinion)
			if in.Return {
				a.Note("judgement", string(selection.Returned))
				return g.ReturnSettlement(opinion, a.Now, a.By.ID)
			}
			a.Note("judgement", string(selection.Accepted))
			late := 0
			if len(g.Settlements) > 0 {
				due, _ := g.SettlementDue(c.Instrument, r)
				late = selection.LateCut(due, calendar.DateOf(g.Settlements[0].FiledAt), r)
			}
			return g.DecideSettlement(in.Items, late, opinion, a.Now, a.By.ID)
		})
}

// RefundInput is money that a firm returned.
type RefundInput struct {
	Agreement domain.ID     `path:"agreement" json:"-"`
	On        calendar.Date `json:"on"`
	Document  string        `json:"document"`
	Version   int           `json:"version"`
}

// Refund records that a firm returned what its settlement says: settlement.refund.
func (s *Service) Refund(ctx context.Context, by domain.Actor, in RefundInput) (selection.Agreement, error) {
	return s.ledger(ctx, by, "settlement.refund", in.Agreement, in.Version,
		func(a *service.Act[Tx], g selection.Agreement, _ selection.Call, _ policy.Rules) (selection.Agreement, error) {
			var p domain.Problems
			p.Text("document", in.Document, true, domain.MaxName)
			p.Check(in.On.Valid() && in.On >= g.Decided && in.On <= calendar.DateOf(a.Now), "on", "payment.on")
			if err := p.Err(); err != nil {
				return g, err
			}
			return g.Refund(in.On, strings.TrimSpace(in.Document))
		})
}

// AgreementInput names an agreement.
type AgreementInput struct {
	Agreement domain.ID `path:"agreement" json:"-"`
}

// AgreementView is an agreement with where it stands and what is owed.
type AgreementView struct {
	Agreement  selection.Agreement      `json:"agreement"`
	Instrument selection.Instrument     `json:"instrument"`
	CallTitle  string                   `json:"callTitle"`
	Stage      selection.AgreementStage `json:"stage"`
	Duties     []selection.Duty         `json:"duties"` // the soonest first
	Paid       int64                    `json:"paid"`
	City       bool                     `json:"city"`     // something waits for the city
	Percent    int                      `json:"percent"`  // of the budget that may move by a minor change
	Verified   bool                     `json:"verified"` // the account has to be verified
	Cut        int                      `json:"cut"`      // percent, if the first account were filed today

	OpinionFrom calendar.Date `json:"opinionFrom"` // first day that a notice of its end may give for an opinion
	Bars        []int         `json:"bars"`        // years for which the firm may be kept from calls
}

// ShowAgreement shows an agreement to its firm, to the staff of its call and to auditors: agreement.show.
func (s *Service) ShowAgreement(ctx context.Context, by domain.Actor, in AgreementInput) (AgreementView, error) {
	return service.See(ctx, s.store, func(tx Tx) (AgreementView, error) {
		g, c, err := s.agreement(ctx, tx, by, "agreement.show", in.Agreement)
		if err != nil {
			return AgreementView{}, err
		}
		return s.standing(ctx, tx, g, c)
	})
}

func (s *Service) standing(ctx context.Context, tx Tx, g selection.Agreement, c selection.Call) (AgreementView, error) {
	today := calendar.DateOf(s.now())
	out := AgreementView{
		Agreement: g, Instrument: c.Instrument, CallTitle: c.Title, Stage: g.Stage(today), Paid: g.Paid(), City: g.Waits(),
	}
	r, err := s.rules(ctx, tx, c)
	if err != nil {
		return out, err
	}
	yearly, err := tx.GrantsOf(ctx, g.Organisation, g.Decided.Year())
	out.Duties = g.Duties(c.Instrument, yearly, r)
	due, _ := g.SettlementDue(c.Instrument, r)
	out.OpinionFrom, _ = selection.OpinionUntil(today, r)
	out.Bars = policy.BarYears.Of(r)
	out.Percent, out.Cut = policy.AmendmentPercent.Of(r), selection.LateCut(due, today, r)
	out.Verified = g.Grant >= int64(policy.SettlementVerifyWon.Of(r))
	return out, err
}

// AgreementsInput asks for a page of agreements.
type AgreementsInput struct {
	Call  domain.ID `query:"call" json:"-"` // empty: of every call that the reader serves
	Open  bool      `query:"open" json:"-"` // not ended
	After domain.ID `query:"after" json:"-"`
	Limit int       `query:"limit" json:"-"`
}

// Agreements lists agreements for the staff and auditors, on each page those with the soonest duty first: agreement.list.
func (s *Service) Agreements(ctx context.Context, by domain.Actor, in AgreementsInput) (service.Page[AgreementView], error) {
	out := service.Page[AgreementView]{Items: []AgreementView{}}
	size := service.PageSize(in.Limit)
	f := AgreementFilter{Call: in.Call, All: by.Auditor, Open: in.Open, After: in.After, Limit: size + 1}
	for _, x := range by.Staff {
		if access.Can(by, "agreement.list", access.Facts{Committee: x.Committee}).Allowed {
			f.Committees = append(f.Committees, x.Committee)
		}
	}
	if !f.All && len(f.Committees) == 0 {
		return out, access.Can(by, "agreement.list", access.Facts{}).Err()
	}
	return service.See(ctx, s.store, func(tx Tx) (service.Page[AgreementView], error) {
		found, err := tx.FindAgreements(ctx, f)
		if len(found) > size {
			found, out.Next = found[:size], string(found[size-1].ID)
		}
		if err != nil {
			return out, err
		}
		out.Items, err = s.standings(ctx, tx, found)
		return out, err
	})
}

// standings are the views of agreements, the soonest duty first.
func (s *Service) standings(ctx context.Context, tx Tx, all []selection.Agreement) ([]AgreementView, error) {
	out, calls := []AgreementView{}, map[domain.ID]selection.Call{}
	for _, g := range all {
		c, known := calls[g.Call]
		if !known {
			var err error
			if c, err = tx.Call(ctx, g.Call); err != nil {
				return out, err
			}
			calls[g.Call] = c
		}
		v, err := s.standing(ctx, tx, g, c)
		if err != nil {
			return out, err
		}
		out = append(out, v)
	}
	slices.SortStableFunc(out, func(a, b AgreementView) int { return strings.Compare(a.next(), b.next()) })
	return out, nil
}

// next orders by the soonest duty; nothing owed comes last.
func (v AgreementView) next() string {
	if len(v.Duties) == 0 {
		return "9"
	}
	return string(v.Duties[0].Due)
}

// MyAgreementsInput asks for the agreements of the reader's organisations.
type MyAgreementsInput struct{}

// MyAgreements is what the reader's organisations have agreed on.
type MyAgreements struct {
	Items []AgreementView `json:"items"` // the soonest duty first
}

// MyAgreements lists the agreements of the reader's organisations: agreement.mine.
func (s *Service) MyAgreements(ctx context.Context, by domain.Actor, _ MyAgreementsInput) (MyAgreements, error) {
	out := MyAgreements{Items: []AgreementView{}}
	if err := access.Can(by, "agreement.mine", access.Facts{}).Err(); err != nil {
		return out, err
	}
	f := AgreementFilter{All: true, Limit: service.MaxPage}
	for _, p := range by.Partners {
		f.Organisations = append(f.Organisations, p.Organisation)
	}
	if len(f.Organisations) == 0 {
		return out, nil
	}
	return service.See(ctx, s.store, func(tx Tx) (MyAgreements, error) {
		found, err := tx.FindAgreements(ctx, f)
		if err != nil {
			return out, err
		}
		out.Items, err = s.standings(ctx, tx, found)
		return out, err
	})
}

// concealed asks the policy; who may not see an agreement is told that there is none.
func concealed(by domain.Actor, op string, f access.Facts) error {
	err := access.Can(by, op, f).Err()
	if err != nil && !access.Can(by, "agreement.show", f).Allowed {
		return domain.NotFound("agreement")
	}
	return err
}

// carrying adds the duties of a call's agreements to where its case stands: each by when it is due, and when the next letter goes out.
// It reports whether any agreement is open.
func (s *Service) carrying(ctx context.Context, tx Tx, c selection.Call, r policy.Rules, out *Standing) (bool, error) {
	open, err := tx.FindAgreements(ctx, AgreementFilter{Call: c.ID, All: true, Open: true})
	for _, g := range open {
		yearly, err := tx.GrantsOf(ctx, g.Organisation, g.Decided.Year())
		if err != nil {
			return false, err
		}
		if x := g.Terminating(); x != nil {
			out.Deadlines = append(out.Deadlines, service.Deadline{
				Name: DeadlineOpinion, At: x.Until.End().UTC(), Basis: policy.OpinionDays.Cite(r), Subject: g.ID,
			})
		}
		for _, d := range g.Duties(c.Instrument, yearly, r) {
			out.Deadlines = append(out.Deadlines, service.Deadline{Name: DeadlineOwed, At: d.Due.End().UTC(), Basis: d.Basis, Subject: g.ID})
			if at, any := nextReminder(d, r, out.At); any {
				out.Reminds = append(out.Reminds, service.Deadline{Name: DeadlineNudge, At: at, Subject: g.ID})
			}
		}
	}
	return len(open) > 0, err
}

func nextReminder(d selection.Duty, r policy.Rules, now time.Time) (time.Time, bool) {
	for _, x := range d.Reminders(r) {
		if x.At.After(now) {
			return x.At.UTC(), true
		}
	}
	return time.Time{}, false
}

// owed lists the reminders of a call's agreements whose time has come.
func (s *Service) owed(ctx context.Context, tx Tx, c selection.Call) ([]selection.Letter, error) {
	r, err := s.rules(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	open, err := tx.FindAgreements(ctx, AgreementFilter{Call: c.ID, All: true, Open: true})
	var out []selection.Letter
	for _, g := range open {
		yearly, err := tx.GrantsOf(ctx, g.Organisation, g.Decided.Year())
		if err != nil {
			return nil, err
		}
		for _, d := range g.Duties(c.Instrument, yearly, r) {
			if x, due := d.Now(s.now(), r); due {
				matter := string(d.Kind) + "-" + strconv.Itoa(d.Year) + "-" + string(d.Due) + "-" + strconv.Itoa(x.Days)
				out = append(out, selection.Letter{Call: c.ID, To: selection.About(g.ID, domain.ID(matter)), Kind: selection.LetterOwed})
			}
		}
	}
	return out, err
}
