package sweeping

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"secretariat/domain"
	"secretariat/domain/calendar"
	"secretariat/domain/committee"
	"secretariat/service"
)

// Duty is something a committee owes, as a sweep found it. Committee, key, subject and due date identify it while it is open.
type Duty struct {
	ID         domain.ID     `json:"id"`
	Committee  domain.ID     `json:"committee"`
	Key        string        `json:"key"` // message key
	Args       domain.Args   `json:"args,omitempty"`
	Basis      string        `json:"basis"` // citation
	Due        calendar.Date `json:"due,omitempty"`
	Subject    domain.ID     `json:"subject,omitempty"` // the meeting, member or follow-up concerned
	FirstSeen  time.Time     `json:"firstSeen"`
	ResolvedAt *time.Time    `json:"resolvedAt,omitempty"`
}

type dutyKey struct {
	key     string
	subject domain.ID
	due     calendar.Date
}

func (d Duty) id() dutyKey { return dutyKey{d.Key, d.Subject, d.Due} }

// ListInput names a committee.
type ListInput struct {
	Committee domain.ID `json:"-" path:"committee"`
}

// Duties is what a committee owes, the most pressing first.
type Duties struct {
	Duties []Duty `json:"duties"`
}

// List lists what a committee owes: duty.list.
func (s *Service) List(ctx context.Context, by domain.Actor, in ListInput) (Duties, error) {
	if err := may(by, "duty.list", in.Committee); err != nil {
		return Duties{}, err
	}
	return service.See(ctx, s.store, func(tx Tx) (Duties, error) {
		if _, err := tx.Committee(ctx, in.Committee); err != nil {
			return Duties{}, err
		}
		found, err := tx.OpenDuties(ctx, in.Committee)
		return Duties{Duties: found}, err
	})
}

// Examined counts what an examination changed.
type Examined struct {
	Found    int `json:"found"` // owed that was not on the list
	Resolved int `json:"resolved"`
}

// Sweep examines every active committee: duty.sweep. When one cannot be examined the others are all the same.
func (s *Service) Sweep(ctx context.Context, by domain.Actor) (Examined, error) {
	var out Examined
	if err := may(by, "duty.sweep", ""); err != nil {
		return out, err
	}
	var failures []error
	for after := ""; ; {
		page, err := service.See(ctx, s.store, func(tx Tx) ([]committee.Committee, error) {
			return tx.Committees(ctx, after, service.MaxPage)
		})
		if err != nil || len(page) == 0 {
			return out, errors.Join(append(failures, err)...)
		}
		for _, c := range page {
			done, err := s.Examine(ctx, by, ExamineInput{Committee: c.ID})
			out.Found, out.Resolved = out.Found+done.Found, out.Resolved+done.Resolved
			failures = append(failures, err)
		}
		after = page[len(page)-1].Code
	}
}

// ExamineInput names a committee.
type ExamineInput struct {
	Committee domain.ID `json:"-" path:"committee"`
}

// Examine finds what a committee owes now and brings its list up to date: duty.sweep. Nothing is written when nothing changed, so
// that it may be done as often as one likes. A committee that is not active owes nothing.
func (s *Service) Examine(ctx context.Context, by domain.Actor, in ExamineInput) (Examined, error) {
	if err := may(by, "duty.sweep", in.Committee); err != nil {
		return Examined{}, err
	}
	moved, err := service.See(ctx, s.store, func(tx Tx) (change, error) {
		c, err := tx.Committee(ctx, in.Committee)
		if err != nil {
			return change{}, err
		}
		return s.compare(ctx, tx, c)
	})
	if err != nil || moved.empty() {
		return Examined{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "duty.sweep", func(a *service.Act[Tx]) (Examined, error) {
		c, err := a.Tx.LockCommittee(ctx, in.Committee)
		if err != nil {
			return Examined{}, err
		}
		moved, err := s.compare(ctx, a.Tx, c)
		if err != nil {
			return Examined{}, err
		}
		a.On("committee", c.ID, c.ID)
		a.Note("found", strconv.Itoa(len(moved.fresh)))
		a.Note("resolved", strconv.Itoa(len(moved.gone)))
		return Examined{Found: len(moved.fresh), Resolved: len(moved.gone)}, moved.write(ctx, a)
	})
}

// change is how what is owed differs from what is on the list.
type change struct{ fresh, told, gone []Duty }

func (c change) empty() bool { return len(c.fresh)+len(c.told)+len(c.gone) == 0 }

func (s *Service) compare(ctx context.Context, tx Tx, c committee.Committee) (change, error) {
	var owed []domain.Finding
	if c.State == committee.Active {
		found, err := s.owed(ctx, tx, c)
		if err != nil {
			return change{}, err
		}
		owed = found
	}
	listed, err := tx.OpenDuties(ctx, c.ID)
	return differ(c.ID, owed, listed), err
}

func differ(of domain.ID, owed []domain.Finding, listed []Duty) change {
	var out change
	open := map[dutyKey]Duty{}
	for _, d := range listed {
		open[d.id()] = d
	}
	seen := map[dutyKey]bool{}
	for _, f := range owed {
		d := Duty{Committee: of, Key: f.Key, Args: f.Args, Basis: f.Basis, Due: f.Due, Subject: f.Subject}
		if seen[d.id()] {
			continue
		}
		seen[d.id()] = true
		old, there := open[d.id()]
		switch {
		case !there:
			out.fresh = append(out.fresh, d)
		case old.Basis != d.Basis || !sameArgs(old.Args, d.Args):
			old.Args, old.Basis = d.Args, d.Basis
			out.told = append(out.told, old)
		}
	}
	for _, d := range listed {
		if !seen[d.id()] {
			out.gone = append(out.gone, d)
		}
	}
	return out
}

// sameArgs compares arguments of which one set came back from the database, where every number is one kind of number.
func sameArgs(a, b domain.Args) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && (bytes.Equal(x, y) || len(a)+len(b) == 0)
}

func (c change) write(ctx context.Context, a *service.Act[Tx]) error {
	for _, d := range c.fresh {
		d.ID, d.FirstSeen = a.Env.NewID(), a.Now
		if err := a.Tx.AddDuty(ctx, d); err != nil {
			return err
		}
	}
	for _, d := range c.gone {
		at := a.Now
		d.ResolvedAt = &at
		c.told = append(c.told, d)
	}
	for _, d := range c.told {
		if err := a.Tx.ChangeDuty(ctx, d); err != nil {
			return err
		}
	}
	return nil
}
