package selecting

import (
	"context"
	"slices"
	"strconv"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/selection"
	"secretariat/service"
)

// applicant opens a call for what an organisation of its register does. All hold the call at the same time, so that nothing
// arrives in the moment in which it is closed; two people of one organisation come one after the other.
func (s *Service) applicant(
	ctx context.Context, a *service.Act[Tx], op string, call, organisation domain.ID,
) (selection.Call, alliance.Organisation, error) {
	c, err := a.Tx.HoldCall(ctx, call)
	if err != nil {
		return c, alliance.Organisation{}, err
	}
	f := facts(c)
	f.Organisation = organisation
	if err := may(a.By, op, f); err != nil {
		return c, alliance.Organisation{}, err
	}
	o, err := a.Tx.LockOrganisation(ctx, organisation)
	if err != nil {
		return c, o, err
	}
	if o.Alliance != c.Alliance {
		return c, o, domain.NotFound("call")
	}
	if !c.Takes(a.Now) {
		return c, o, domain.Conflict("call.not_open", nil)
	}
	return c, o, nil
}

// WithdrawInput names an application at the version it was read in.
type WithdrawInput struct {
	Application domain.ID `path:"application" json:"-"`
	Version     int       `json:"version"`
}

// Withdraw takes an application out of the running: application.withdraw. Before the close it becomes a draft again, to be
// changed and sent anew; afterwards it is withdrawn for good. CodeConflict once it has been evaluated.
func (s *Service) Withdraw(ctx context.Context, by domain.Actor, in WithdrawInput) (selection.Application, error) {
	return service.Do(ctx, s.env, s.store, by, "application.withdraw", func(a *service.Act[Tx]) (selection.Application, error) {
		x, c, err := s.own(ctx, a, "application.withdraw", in.Application)
		if err != nil {
			return x, err
		}
		switch {
		case x.State != selection.Submitted && x.State != selection.Eligible:
			return x, domain.Conflict("application.not_submitted", nil)
		case c.Takes(a.Now):
			x.State, x.SubmittedAt, x.SubmittedBy = selection.Draft, nil, ""
		case c.State == selection.Open || c.State == selection.Reviewing:
			x.State = selection.Withdrawn
		default:
			return x, domain.Conflict("call.evaluated", nil)
		}
		x.Version = in.Version
		return x, a.Tx.ChangeApplication(ctx, &x)
	})
}

// opened reads an application for what its own organisation does with it; hold keeps the call meanwhile.
func (s *Service) opened(
	ctx context.Context, a *service.Act[Tx], op string, id domain.ID, hold func(context.Context, domain.ID) (selection.Call, error),
) (selection.Application, selection.Call, error) {
	x, err := a.Tx.Application(ctx, id)
	if err != nil {
		return x, selection.Call{}, err
	}
	c, err := hold(ctx, x.Call)
	if err != nil {
		return x, c, err
	}
	a.On("application", x.ID, c.ID)
	f := facts(c)
	f.Organisation = x.Organisation
	if !access.Can(a.By, op, f).Allowed {
		return selection.Application{}, c, hidden(a.By, op, f)
	}
	return x, c, nil
}

// own opens an application and keeps everybody else from its call.
func (s *Service) own(
	ctx context.Context, a *service.Act[Tx], op string, id domain.ID,
) (selection.Application, selection.Call, error) {
	x, c, err := s.opened(ctx, a, op, id, a.Tx.LockCall)
	if err != nil {
		return x, c, err
	}
	x, err = a.Tx.Application(ctx, id)
	return x, c, err
}

// shared opens an application for an act of its organisation that may go on beside those of others: the call is held and not locked,
// and two people of one organisation come one after the other.
func (s *Service) shared(
	ctx context.Context, a *service.Act[Tx], op string, id domain.ID,
) (selection.Application, selection.Call, error) {
	x, c, err := s.opened(ctx, a, op, id, a.Tx.HoldCall)
	if err != nil {
		return x, c, err
	}
	if _, err := a.Tx.LockOrganisation(ctx, x.Organisation); err != nil {
		return x, c, err
	}
	x, err = a.Tx.Application(ctx, id)
	return x, c, err
}

// hidden tells who works for the organisation that they may not, and everybody else that there is nothing.
func hidden(by domain.Actor, op string, f access.Facts) error {
	if _, works := by.Works(f.Organisation); works {
		return access.Can(by, op, f).Err()
	}
	return domain.NotFound("application")
}

// MineInput asks for the applications of the reader's organisations.
type MineInput struct{}

// Mine is what the reader's organisations ask for.
type Mine struct {
	Items []Own `json:"items"`
}

// Own is an application as its own people see it, with its result once that is announced.
type Own struct {
	Application selection.Application `json:"application"`
	Call        selection.Call        `json:"call"`
	Result      *Result               `json:"result,omitempty"`
	MayObject   bool                  `json:"mayObject"`
	Supplement  *selection.Supplement `json:"supplement,omitempty"` // that is to be answered now
}

// Result is the result of one application for those whom it concerns.
type Result struct {
	Outcome selection.Outcome `json:"outcome"`
	Rank    int               `json:"rank,omitempty"`
	Final   int64             `json:"final"` // thousandths
	Bonus   int64             `json:"bonus"`
	Penalty int64             `json:"penalty"`
	Version int               `json:"version"`       // of the ranking
	Was     *selection.Grade  `json:"was,omitempty"` // by the version before, where that said otherwise
}

// Mine lists what the reader's organisations ask for: application.mine. Results are seen once they are announced.
func (s *Service) Mine(ctx context.Context, by domain.Actor, _ MineInput) (Mine, error) {
	out := Mine{Items: []Own{}}
	if err := access.Can(by, "application.mine", access.Facts{}).Err(); err != nil {
		return out, err
	}
	ids := make([]domain.ID, len(by.Partners))
	for i, p := range by.Partners {
		ids[i] = p.Organisation
	}
	if len(ids) == 0 {
		return out, nil
	}
	return service.See(ctx, s.store, func(tx Tx) (Mine, error) {
		all, err := tx.ApplicationsOf(ctx, ids, service.MaxPage)
		if err != nil {
			return out, err
		}
		for _, x := range all {
			own, err := s.ownView(ctx, tx, x)
			if err != nil {
				return out, err
			}
			out.Items = append(out.Items, own)
		}
		return out, nil
	})
}

func (s *Service) ownView(ctx context.Context, tx Tx, x selection.Application) (Own, error) {
	c, err := tx.Call(ctx, x.Call)
	if err != nil {
		return Own{}, err
	}
	out := Own{Application: ownSight(x, c), Call: sealed(c)}
	if c.State == selection.Reviewing {
		all, err := tx.SupplementsOf(ctx, x.ID)
		if of, asked := selection.OpenOf(all, s.now()); asked {
			out.Supplement = &of
		}
		return out, err
	}
	if c.AnnouncedAt == nil {
		return out, nil
	}
	if out.MayObject, err = s.mayObject(ctx, tx, c, x.ID); err != nil {
		return out, err
	}
	rank, there, err := tx.AnnouncedRanking(ctx, c.ID)
	if err != nil || !there {
		return out, err
	}
	if i := slices.IndexFunc(rank.Rows, func(r selection.Row) bool { return r.Application == x.ID }); i >= 0 {
		r := rank.Rows[i]
		out.Result = &Result{Outcome: r.Outcome, Rank: r.Rank, Final: r.Final, Bonus: r.Bonus, Penalty: r.Penalty, Version: rank.Version}
		out.Result.Was = was(rank.Changes, x.ID)
	}
	return out, nil
}

// ownSight hides from an applicant what the review and the evaluation have come to before it is announced.
func ownSight(x selection.Application, c selection.Call) selection.Application {
	if c.AnnouncedAt == nil {
		if x.State == selection.Eligible || x.State == selection.Ineligible {
			x.State = selection.Submitted
		}
		x.Reason, x.Bonus, x.BonusCount, x.Penalty, x.Grounds = "", 0, 0, 0, ""
	}
	return x
}

// ApplicationsInput asks for a page of a call's applications by number.
type ApplicationsInput struct {
	Call  domain.ID                  `path:"call" json:"-"`
	State selection.ApplicationState `query:"state" json:"-"`
	After int                        `query:"after" json:"-"`
	Limit int                        `query:"limit" json:"-"`
}

// Applications lists what was submitted to a call, for its staff: application.list. The close has to have passed: before it
// nobody knows who applies for how much.
func (s *Service) Applications(
	ctx context.Context, by domain.Actor, in ApplicationsInput,
) (service.Page[selection.Application], error) {
	size := service.PageSize(in.Limit)
	return service.See(ctx, s.store, func(tx Tx) (service.Page[selection.Application], error) {
		out := service.Page[selection.Application]{Items: []selection.Application{}}
		c, err := tx.Call(ctx, in.Call)
		if err != nil {
			return out, err
		}
		if err := may(by, "application.list", facts(c)); err != nil {
			return out, err
		}
		if c.ClosedAt == nil {
			return out, nil
		}
		found, err := tx.FindApplications(ctx, ApplicationFilter{c.ID, in.State, in.After, size + 1})
		if len(found) > size {
			found, out.Next = found[:size], strconv.Itoa(found[size-1].Number)
		}
		out.Items = append(out.Items, found...)
		return out, err
	})
}

// ShowApplicationInput names an application.
type ShowApplicationInput struct {
	Application domain.ID `path:"application" json:"-"`
}

// ApplicationView is an application with its call and its files.
type ApplicationView struct {
	Application selection.Application  `json:"application"`
	Call        selection.Call         `json:"call"`
	Files       []selection.Attachment `json:"files"`
	Filings     []selection.Filing     `json:"filings"` // everything that was submitted, the last one counts
	Supplements []selection.Supplement `json:"supplements"`
	Open        []selection.Attachment `json:"open,omitempty"`      // for its own people while a supplement is asked for: the files as they stand
	MayAsk      bool                   `json:"mayAsk"`              // for a supplement
	Consulted   []Consulted            `json:"consulted,omitempty"` // for who judges: where the applicant gave an opinion on the call
}

// Consulted is a consultation on a call to which its applicant gave an opinion.
type Consulted struct {
	ID          domain.ID `json:"id"`
	Year        int       `json:"year"`
	Number      int       `json:"number"`
	Title       string    `json:"title"`
	SubmittedAt time.Time `json:"submittedAt"`
}

// ShowApplication shows an application to its own people, and after the close to the staff, to auditors and to the
// evaluators who have to score it: application.show.
func (s *Service) ShowApplication(
	ctx context.Context, by domain.Actor, in ShowApplicationInput,
) (ApplicationView, error) {
	return service.See(ctx, s.store, func(tx Tx) (ApplicationView, error) {
		x, c, err := s.seen(ctx, tx, by, "application.show", in.Application)
		if err != nil {
			return ApplicationView{}, err
		}
		out := ApplicationView{Application: x, Call: sealed(c)}
		files, err := tx.AttachmentsOf(ctx, x.ID)
		if err != nil {
			return out, err
		}
		if out.Filings, err = tx.FilingsOf(ctx, x.ID); err != nil {
			return out, err
		}
		out.Files = c.Terms.ApplicationForm().Attached(x.Given(), selection.Current(files))
		if n := len(out.Filings); n > 0 && x.State != selection.Draft {
			out.Files = selection.Filed(out.Filings[n-1].Files, files)
		}
		out.Supplements, err = supplementsSeen(ctx, tx, by, x)
		_, asked := selection.OpenOf(out.Supplements, s.now())
		if _, own := by.Works(x.Organisation); own && asked {
			out.Open = selection.Current(files)
		}
		if _, own := by.Works(x.Organisation); err == nil && !own {
			out.Consulted, err = tx.ConsultedOn(ctx, c.ID, x.Organisation)
		}
		out.MayAsk = mayAsk(by, c) && x.State == selection.Submitted && !asked
		return out, err
	})
}

// seen reads an application for who may see it. For everybody else there is none.
func (s *Service) seen(
	ctx context.Context, tx Tx, by domain.Actor, op string, id domain.ID,
) (selection.Application, selection.Call, error) {
	x, err := tx.Application(ctx, id)
	if err != nil {
		return x, selection.Call{}, err
	}
	c, err := tx.Call(ctx, x.Call)
	if err != nil {
		return x, c, err
	}
	f := facts(c)
	f.Organisation = x.Organisation
	if f.Evaluator, err = sits(ctx, tx, c, by, x); err != nil {
		return x, c, err
	}
	_, own := by.Works(x.Organisation)
	if !access.Can(by, op, f).Allowed || !own && (c.ClosedAt == nil || x.State == selection.Draft) {
		return selection.Application{}, selection.Call{}, domain.NotFound("application")
	}
	if own {
		x = ownSight(x, c)
	}
	return x, c, nil
}

// sits reports whether somebody on the panel has to score the application.
func sits(ctx context.Context, tx Tx, c selection.Call, by domain.Actor, x selection.Application) (bool, error) {
	e, err := tx.Evaluator(ctx, c.ID, by.ID)
	if domain.CodeOf(err) == domain.CodeNotFound {
		return false, nil
	}
	scores := e.Sits && e.Removed == "" && e.PledgedAt != nil && x.State == selection.Eligible &&
		e.Candidate.Conflicted(x.Organisation) == ""
	return scores && (c.State == selection.Evaluating || c.RankedAt != nil), err
}
