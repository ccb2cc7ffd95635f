package web

import (
	"bytes"
	"io"
	"slices"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/selection"
	"secretariat/service"
	"secretariat/service/selecting"
	"secretariat/transport/edge"
)

// agreements adds what comes after the agreement: for the staff and for the firm.
func agreements(s *Site) {
	done("agreement_entered", "payment_recorded", "agreement_reported", "agreement_judged", "agreement_amended", "amendment_decided",
		"settlement_filed", "settlement_decided", "refund_recorded",
		"termination_notified", "termination_opposed", "termination_decided")
	s.page("/agreements", "agreements", s.agreementList)
	s.page("/agreements/{agreement}", "agreement", s.agreement)
	portalFile(s, "/agreements/{agreement}/ledger.pdf", s.set.PrintLedger, paperFile)
	portalFile(s, "/agreements/{agreement}/settlement.pdf", s.set.PrintSettlement, paperFile)
	portalFile(s, "/calls/{call}/result.pdf", s.set.PrintResult, paperFile)
	s.page("/applications/{application}/agreement", "agreement-edit", s.agreementEdit)
	act(s, "/applications/{application}/agreement/terms", s.set.EnterAgreement, agreementAfter[selecting.EnterInput]("agreement_entered"))
	act(s, "/agreements/{agreement}/payments", s.set.RecordPayment, agreementAfter[selecting.PayInput]("payment_recorded"))
	act(s, "/agreements/{agreement}/reports", s.set.FileReport, agreementAfter[selecting.ReportInput]("agreement_reported"))
	act(s, "/agreements/{agreement}/reports/judge", s.set.JudgeReport, agreementAfter[selecting.JudgeInput]("agreement_judged"))
	act(s, "/agreements/{agreement}/amendments", s.set.AmendAgreement, agreementAfter[selecting.AmendInput]("agreement_amended"))
	act(s, "/agreements/{agreement}/amendments/decide", s.set.DecideAmendment, agreementAfter[selecting.DecideInput]("amendment_decided"))
	act(s, "/agreements/{agreement}/settlement", s.set.FileSettlement, agreementAfter[selecting.SettleInput]("settlement_filed"))
	act(s, "/agreements/{agreement}/settlement/decide", s.set.DecideSettlement, agreementAfter[selecting.SettledInput]("settlement_decided"))
	act(s, "/agreements/{agreement}/termination", s.set.NotifyTermination, agreementAfter[selecting.NotifyInput]("termination_notified"))
	act(s, "/agreements/{agreement}/termination/opinion", s.set.OpposeTermination, agreementAfter[selecting.OpposeInput]("termination_opposed"))
	act(s, "/agreements/{agreement}/termination/decide", s.set.DecideTermination, agreementAfter[selecting.TerminateInput]("termination_decided"))
	act(s, "/agreements/{agreement}/settlement/refund", s.set.RecordRefund, agreementAfter[selecting.RefundInput]("refund_recorded"))
}

func paperFile(p selecting.Paper) edge.File {
	return edge.File{Name: p.FileName, Media: "application/pdf", Size: int64(len(p.Data)), Content: io.NopCloser(bytes.NewReader(p.Data))}
}

func agreementAfter[In any](key string) func(*Visit, In, selection.Agreement) string {
	return func(_ *Visit, _ In, out selection.Agreement) string {
		return "/agreements/" + string(out.ID) + "?done=" + key
	}
}

// agreementsPage is the list of agreements of the staff.
type agreementsPage struct {
	service.Page[selecting.AgreementView]
	Call domain.ID
}

func (s *Site) agreementList(v *Visit) (any, error) {
	in := selecting.AgreementsInput{Call: domain.ID(v.query("call")), After: domain.ID(v.query("after"))}
	out, err := s.set.ListAgreements.Call(v.ctx(), in)
	return agreementsPage{out, in.Call}, err
}

// agreementPage is the ledger of one agreement with what its reader may do.
type agreementPage struct {
	selecting.AgreementView
	Submits bool // the reader acts for the firm
	Figures []selection.Achievement
	Rows    []selection.BudgetItem // of a change, with room for more
}

func (s *Site) agreement(v *Visit) (any, error) {
	out, err := s.set.ShowAgreement.Call(v.ctx(), selecting.AgreementInput{Agreement: v.id("agreement")})
	if err != nil {
		return nil, err
	}
	place, works := v.Actor.Works(out.Agreement.Organisation)
	return agreementPage{
		AgreementView: out, Submits: works && place.Submits, Figures: make([]selection.Achievement, spareRows),
		Rows: append(slices.Clone(out.Agreement.Budget), make([]selection.BudgetItem, 2)...),
	}, nil
}

// Payment is what was paid of an instalment, nil before.
func (p agreementPage) Payment(instalment int) *selection.Payment {
	for i := range p.Agreement.Payments {
		if p.Agreement.Payments[i].Instalment == instalment {
			return &p.Agreement.Payments[i]
		}
	}
	return nil
}

// Filing lists the reports that are owed.
func (p agreementPage) Filing() []selection.Duty {
	return slices.DeleteFunc(slices.Clone(p.Duties), func(d selection.Duty) bool {
		return d.Kind == selection.OwesSettlement || d.Kind == selection.OwesRefund ||
			d.Kind == selection.OwesOutcome && d.Year > p.outcome()
	})
}

// outcome is the first year whose outcome is owed: one after the other is filed.
func (p agreementPage) outcome() int {
	for _, d := range p.Duties {
		if d.Kind == selection.OwesOutcome {
			return d.Year
		}
	}
	return 0
}

// Settles reports whether the firm may file its account now.
func (p agreementPage) Settles() bool {
	owes := slices.ContainsFunc(p.Duties, func(d selection.Duty) bool { return d.Kind == selection.OwesSettlement })
	return owes && !p.Stopped() && p.Agreement.Accepted(selection.CompletionReport, 0)
}

// Changes reports whether the firm may ask for a change now.
func (p agreementPage) Changes() bool {
	n := len(p.Agreement.Amendments)
	return !p.Agreement.Ended && !p.Stopped() && len(p.Agreement.Settlements) == 0 && (n == 0 || p.Agreement.Amendments[n-1].Judgement != "")
}

// Stopped reports whether the agreement is being ended or was.
func (p agreementPage) Stopped() bool {
	return p.Agreement.Terminating() != nil || p.Agreement.Termination() != nil
}

// Ends reports whether a notice of its end may be given now.
func (p agreementPage) Ends() bool {
	return !p.Agreement.Ended && !p.Stopped() && p.Agreement.Settled() == nil
}

// BarOptions are for how long the firm may be kept from calls.
func (p agreementPage) BarOptions(v *Visit) []Option {
	out := []Option{{"0", v.T("web.agreement.ending.bar.none")}}
	for i := len(p.Bars) - 1; i >= 0; i-- {
		out = append(out, Option{strconv.Itoa(p.Bars[i]), v.T("web.agreement.ending.bar.years", "years", p.Bars[i])})
	}
	return out
}

// Grounds are why an agreement may be ended.
func (p agreementPage) Grounds(v *Visit) []Option {
	var out []Option
	for _, g := range selection.TerminationGrounds() {
		out = append(out, Option{string(g), v.Label("termination_ground", g) + " (" + g.Basis() + ")"})
	}
	return out
}

// Moved is how much of the budget a request moves; after it was accepted, nothing any more.
func (p agreementPage) Moved(x selection.Amendment) int64 {
	return selection.Moved(p.Agreement.Budget, x.Budget)
}

// Total is the sum of an item.
func (p agreementPage) Total(b selection.BudgetItem) int64 { return b.Grant + b.Own }

// agreementEditPage is the form of the terms.
type agreementEditPage struct {
	Application selection.Application
	A           selection.Agreement
	Rows        []selection.BudgetItem
	Instalments []selection.Instalment
}

func (s *Site) agreementEdit(v *Visit) (any, error) {
	x, err := s.set.ShowApplication.Call(v.ctx(), selecting.ShowApplicationInput{Application: v.id("application")})
	if err != nil {
		return nil, err
	}
	if !v.May("agreement.enter", x.Call.Committee) {
		return nil, domain.Forbidden("agreement.enter", "")
	}
	all, err := s.set.ListAgreements.Call(v.ctx(), selecting.AgreementsInput{Call: x.Call.ID, Limit: service.MaxPage})
	p := agreementEditPage{Application: x.Application}
	p.A.Grant, p.A.Own = x.Application.Amount, x.Application.OwnMoney
	for _, g := range all.Items {
		if g.Agreement.Application == x.Application.ID {
			p.A = g.Agreement
		}
	}
	p.Rows = append(slices.Clone(p.A.Budget), make([]selection.BudgetItem, spareRows)...)
	p.Instalments = append(slices.Clone(p.A.Instalments), make([]selection.Instalment, 3)...)
	return p, err
}

// Won is what a field of money holds: nothing for nothing.
func (*Visit) Won(won int64) string {
	if won == 0 {
		return ""
	}
	return strconv.FormatInt(won, 10)
}

// agreementWaits are what the visitor's organisations owe under their agreements, each its soonest.
func (s *Site) agreementWaits(v *Visit) ([]mineRow, []selecting.AgreementView, error) {
	all, err := s.set.MyAgreements.Call(v.ctx(), selecting.MyAgreementsInput{})
	var out []mineRow
	for _, g := range all.Items {
		if x := g.Agreement.Terminating(); x != nil && x.OpinionAt == nil {
			out = append(out, mineRow{
				Title: v.T("web.agreement.ending") + ": " + g.Agreement.Title, Path: "/agreements/" + string(g.Agreement.ID) + "#ending",
				Act: "web.mine.agreement.oppose", Due: x.Until.End(),
			})
		}
		if len(g.Duties) == 0 {
			continue
		}
		d := g.Duties[0]
		out = append(out, mineRow{
			Title: v.Label("agreement_duty", d.Kind) + ": " + g.Agreement.Title,
			Path:  "/agreements/" + string(g.Agreement.ID), Act: "web.mine.agreement.do", Due: d.Due.End(),
		})
	}
	return out, all.Items, err
}
