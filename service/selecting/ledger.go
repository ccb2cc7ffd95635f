package selecting

import (
	"context"
	"strings"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/policy"
	"secretariat/domain/selection"
	"secretariat/service"
)

// Agreements are the rows of agreements.
type Agreements interface {
	AddAgreement(context.Context, selection.Agreement) error
	ChangeAgreement(context.Context, *selection.Agreement) error
	Agreement(context.Context, domain.ID) (selection.Agreement, error)
	// AgreementOf is that of an application, false when its terms are not recorded.
	AgreementOf(ctx context.Context, application domain.ID) (selection.Agreement, bool, error)
	FindAgreements(context.Context, AgreementFilter) ([]selection.Agreement, error)
	// BarredUntil is until when a business number is kept from calls, empty for never.
	BarredUntil(ctx context.Context, number string) (calendar.Date, error)
	// GrantsOf is what an organisation gets by all its agreements that were decided in a year, in won.
	GrantsOf(ctx context.Context, organisation domain.ID, year int) (int64, error)
}

// AgreementFilter chooses agreements: of a call, of organisations, or of committees; All: of every committee.
type AgreementFilter struct {
	Call          domain.ID
	Organisations []domain.ID
	Committees    []domain.ID
	All           bool
	Open          bool // not ended
	After         domain.ID
	Limit         int
}

// EnterInput is the terms of an agreement.
type EnterInput struct {
	Application domain.ID              `path:"application" json:"-"`
	Number      string                 `json:"number"`
	Decided     calendar.Date          `json:"decided"`
	Starts      calendar.Date          `json:"starts"`
	Ends        calendar.Date          `json:"ends"`
	ProgressDue calendar.Date          `json:"progressDue"` // empty: no progress check
	Grant       int64                  `json:"grant"`
	Own         int64                  `json:"own"`
	Budget      []selection.BudgetItem `json:"budget"`
	Instalments []selection.Instalment `json:"instalments"`
	Version     int                    `json:"version"` // 0 for the first
}

// Enter records the terms of an agreement that was signed, or corrects them before anything rests on them: agreement.enter.
// CodeConflict for an application without an agreement, and once something was paid or reported.
func (s *Service) Enter(ctx context.Context, by domain.Actor, in EnterInput) (selection.Agreement, error) {
	return service.Do(ctx, s.env, s.store, by, "agreement.enter", func(a *service.Act[Tx]) (selection.Agreement, error) {
		x, err := a.Tx.Application(ctx, in.Application)
		if err != nil {
			return selection.Agreement{}, err
		}
		c, err := open(ctx, a, "agreement.enter", x.Call)
		if err != nil {
			return selection.Agreement{}, err
		}
		if x.State != selection.Agreed {
			return selection.Agreement{}, domain.Conflict("agreement.not_signed", nil)
		}
		g, there, err := a.Tx.AgreementOf(ctx, x.ID)
		if err != nil {
			return g, err
		}
		if !there {
			g = selection.Agreement{ID: a.Env.NewID(), Version: 1}
		}
		a.On("agreement", g.ID, c.ID)
		if len(g.Payments)+len(g.Reports)+len(g.Amendments)+len(g.Terminations) > 0 {
			return g, domain.Conflict("agreement.begun", nil)
		}
		g = in.on(g, c, x)
		var p domain.Problems
		g.Check(&p, x.Amount)
		if err := p.Err(); err != nil {
			return g, err
		}
		a.Wake(service.CaseSelection, c.ID)
		if !there {
			return g, a.Tx.AddAgreement(ctx, g)
		}
		g.Version = in.Version
		return g, a.Tx.ChangeAgreement(ctx, &g)
	})
}

func (in EnterInput) on(g selection.Agreement, c selection.Call, x selection.Application) selection.Agreement {
	g.Call, g.Committee, g.Application, g.Organisation = c.ID, c.Committee, x.ID, x.Organisation
	g.Applicant, g.Title, g.Number = x.Applicant, x.Title, strings.TrimSpace(in.Number)
	g.Decided, g.Starts, g.Ends, g.ProgressDue = in.Decided, in.Starts, in.Ends, in.ProgressDue
	g.Grant, g.Own = in.Grant, in.Own
	g.Budget = append([]selection.BudgetItem{}, in.Budget...)
	g.Instalments = append([]selection.Instalment{}, in.Instalments...)
	g.Payments, g.Reports = []selection.Payment{}, []selection.Report{}
	g.Amendments, g.Settlements = []selection.Amendment{}, []selection.Settlement{}
	g.Terminations = []selection.Termination{}
	return g
}

// ledger does one thing with an agreement: do is given it with its call and rules and gives it as it is afterwards. Who may not know
// of it is told that there is none.
func (s *Service) ledger(
	ctx context.Context, by domain.Actor, op string, id domain.ID, version int,
	do func(*service.Act[Tx], selection.Agreement, selection.Call, policy.Rules) (selection.Agreement, error),
) (selection.Agreement, error) {
	return service.Do(ctx, s.env, s.store, by, op, func(a *service.Act[Tx]) (selection.Agreement, error) {
		g, c, err := s.agreement(ctx, a.Tx, by, op, id)
		if err != nil {
			return selection.Agreement{}, err
		}
		a.On("agreement", g.ID, c.ID)
		r, err := s.rules(ctx, a.Tx, c)
		if err != nil {
			return selection.Agreement{}, err
		}
		if g, err = do(a, g, c, r); err != nil {
			return selection.Agreement{}, err
		}
		g = g.End(c.Instrument, r)
		g.Version = version
		a.Wake(service.CaseSelection, c.ID)
		return g, a.Tx.ChangeAgreement(ctx, &g)
	})
}

// agreement reads an agreement for an operation.
func (s *Service) agreement(
	ctx context.Context, tx Tx, by domain.Actor, op string, id domain.ID,
) (selection.Agreement, selection.Call, error) {
	g, err := tx.Agreement(ctx, id)
	if err != nil {
		return g, selection.Call{}, err
	}
	c, err := tx.Call(ctx, g.Call)
	if err != nil {
		return g, c, err
	}
	f := facts(c)
	f.Organisation = g.Organisation
	return g, c, concealed(by, op, f)
}

// PayInput is a payment that was made.
type PayInput struct {
	Agreement  domain.ID     `path:"agreement" json:"-"`
	Instalment int           `json:"instalment"` // from 0
	Amount     int64         `json:"amount"`
	On         calendar.Date `json:"on"`
	Document   string        `json:"document"`
	Version    int           `json:"version"`
}

// Pay records that an instalment was paid: payment.record. CodeConflict when its condition is not met or it is more than is owed.
func (s *Service) Pay(ctx context.Context, by domain.Actor, in PayInput) (selection.Agreement, error) {
	return s.ledger(ctx, by, "payment.record", in.Agreement, in.Version,
		func(a *service.Act[Tx], g selection.Agreement, _ selection.Call, _ policy.Rules) (selection.Agreement, error) {
			var p domain.Problems
			p.Text("document", in.Document, true, domain.MaxName)
			p.Check(in.On.Valid() && in.On >= g.Decided && in.On <= calendar.DateOf(a.Now), "on", "payment.on")
			if err := p.Err(); err != nil {
				return g, err
			}
			return g.Pay(selection.Payment{
				Instalment: in.Instalment, Amount: in.Amount, On: in.On, Document: strings.TrimSpace(in.Document), At: a.Now, By: a.By.ID,
			})
		})
}

// ReportInput is a report of the firm.
type ReportInput struct {
	Agreement domain.ID               `path:"agreement" json:"-"`
	Kind      selection.ReportKind    `json:"kind"`
	Year      int                     `json:"year"` // of an outcome report, from 1
	Text      string                  `json:"text"`
	Figures   []selection.Achievement `json:"figures"`
	Version   int                     `json:"version"`
}

// figuresMost is how many figures a report holds at most.
const figuresMost = 30

// Report takes in a report of the firm (중간보고, 완료보고, 성과보고, 감사보고서): agreement.report. CodeConflict when one waits
// or was accepted, or before its time.
func (s *Service) Report(ctx context.Context, by domain.Actor, in ReportInput) (selection.Agreement, error) {
	return s.ledger(ctx, by, "agreement.report", in.Agreement, in.Version,
		func(a *service.Act[Tx], g selection.Agreement, c selection.Call, r policy.Rules) (selection.Agreement, error) {
			var p domain.Problems
			domain.OneOf(&p, "kind", in.Kind, selection.ProgressReport, selection.CompletionReport, selection.OutcomeReport, selection.AuditReport)
			p.Text("text", in.Text, true, domain.MaxBody)
			p.Check(len(in.Figures) <= figuresMost, "figures", "field.range")
			for _, f := range in.Figures {
				p.Text("figures", f.Name, true, domain.MaxName)
			}
			if err := p.Err(); err != nil {
				return g, err
			}
			a.Note("report", string(in.Kind))
			years, _ := selection.OutcomeYears(c.Instrument, r)
			return g.File(selection.Report{
				Kind: in.Kind, Year: in.Year, Text: strings.TrimSpace(in.Text), Figures: append([]selection.Achievement{}, in.Figures...),
				FiledAt: a.Now, FiledBy: a.By.ID,
			}, calendar.DateOf(a.Now), years)
		})
}

// JudgeInput says what comes of a report.
type JudgeInput struct {
	Agreement domain.ID            `path:"agreement" json:"-"`
	Kind      selection.ReportKind `json:"kind"`
	Year      int                  `json:"year"`
	Judgement selection.Judgement  `json:"judgement"`
	Opinion   string               `json:"opinion"` // required unless it is accepted
	Version   int                  `json:"version"`
}

// Judge says what comes of the report that waits: agreement.judge. One that is returned or refused is owed again.
func (s *Service) Judge(ctx context.Context, by domain.Actor, in JudgeInput) (selection.Agreement, error) {
	return s.ledger(ctx, by, "agreement.judge", in.Agreement, in.Version,
		func(a *service.Act[Tx], g selection.Agreement, _ selection.Call, _ policy.Rules) (selection.Agreement, error) {
			if err := judged(in.Judgement, in.Opinion, "opinion"); err != nil {
				return g, err
			}
			a.Note("judgement", string(in.Judgement))
			return g.Judge(in.Kind, in.Year, in.Judgement, strings.TrimSpace(in.Opinion), a.Now, a.By.ID)
		})
}

func judged(j selection.Judgement, why, field string) error {
	var p domain.Problems
	domain.OneOf(&p, "judgement", j, selection.Accepted, selection.Returned, selection.Refused)
	p.Text(field, why, j != selection.Accepted, domain.MaxText)
	return p.Err()
}

// AmendInput asks for another agreement.
type AmendInput struct {
	Agreement domain.ID              `path:"agreement" json:"-"`
	Ends      calendar.Date          `json:"ends"`
	Budget    []selection.BudgetItem `json:"budget"`
	Reason    string                 `json:"reason"`
	Version   int                    `json:"version"`
}

// Amend asks for a change of the agreement (협약변경): agreement.amend. Whether it is major follows from the rules of the call.
func (s *Service) Amend(ctx context.Context, by domain.Actor, in AmendInput) (selection.Agreement, error) {
	return s.ledger(ctx, by, "agreement.amend", in.Agreement, in.Version,
		func(a *service.Act[Tx], g selection.Agreement, _ selection.Call, r policy.Rules) (selection.Agreement, error) {
			x := selection.Amendment{
				Ends: in.Ends, Budget: append([]selection.BudgetItem{}, in.Budget...), Reason: strings.TrimSpace(in.Reason),
				FiledAt: a.Now, FiledBy: a.By.ID,
			}
			var p domain.Problems
			g.CheckAmendment(&p, x)
			if err := p.Err(); err != nil {
				return g, err
			}
			return g.Amend(x, policy.AmendmentPercent.Of(r))
		})
}

// DecideInput decides on a request for a change.
type DecideInput struct {
	Agreement domain.ID           `path:"agreement" json:"-"`
	Judgement selection.Judgement `json:"judgement"`
	Document  string              `json:"document"` // of the approval of a major change
	Opinion   string              `json:"opinion"`
	Version   int                 `json:"version"`
}

// Decide decides on the request for a change that waits: agreement.decide. A major one needs the document by which the head of the
// city approved it (지방보조금법 14).
func (s *Service) Decide(ctx context.Context, by domain.Actor, in DecideInput) (selection.Agreement, error) {
	return s.ledger(ctx, by, "agreement.decide", in.Agreement, in.Version,
		func(a *service.Act[Tx], g selection.Agreement, _ selection.Call, _ policy.Rules) (selection.Agreement, error) {
			if err := judged(in.Judgement, in.Opinion, "opinion"); err != nil {
				return g, err
			}
			a.Note("judgement", string(in.Judgement))
			return g.DecideAmendment(in.Judgement, strings.TrimSpace(in.Document), strings.TrimSpace(in.Opinion), a.Now, a.By.ID)
		})
}
