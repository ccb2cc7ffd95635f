package sweeping

import (
	"context"
	"time"

	"secretariat/domain"
	"secretariat/service"
)

// Incident is something that went wrong with a case and waits for somebody. There is at most one open for a step of a case.
type Incident struct {
	ID         domain.ID  `json:"id"`
	Kind       string     `json:"kind"` // kind of the case
	Case       domain.ID  `json:"case"`
	Step       string     `json:"step"` // what was to be done
	Code       string     `json:"code"` // domain.Code of the failure
	Key        string     `json:"key"`  // its message key
	At         time.Time  `json:"at"`
	LastAt     time.Time  `json:"lastAt"`
	Times      int        `json:"times"`
	ResolvedAt *time.Time `json:"resolvedAt,omitempty"`
}

// IncidentInput tells of a failure, or with Code and Key empty names the step alone.
type IncidentInput struct {
	Kind string    `json:"kind"`
	Case domain.ID `json:"case,omitempty"`
	Step string    `json:"step"`
	Code string    `json:"code,omitempty"`
	Key  string    `json:"key,omitempty"`
}

// Record keeps that a step of a case failed: incident.record. A failure of the same step is counted on the open incident.
func (s *Service) Record(ctx context.Context, by domain.Actor, in IncidentInput) error {
	if err := may(by, "incident.record", ""); err != nil {
		return err
	}
	_, err := service.Do(ctx, s.env, s.store, by, "incident.record", func(a *service.Act[Tx]) (struct{}, error) {
		a.Note("step", in.Step)
		a.Note("code", in.Code)
		old, there, err := a.Tx.OpenIncident(ctx, in.Kind, in.Case, in.Step)
		if err != nil {
			return struct{}{}, err
		}
		if there {
			old.Code, old.Key, old.LastAt, old.Times = in.Code, in.Key, a.Now, old.Times+1
			a.On("incident", old.ID, in.Case)
			return struct{}{}, a.Tx.ChangeIncident(ctx, old)
		}
		fresh := Incident{
			ID: a.Env.NewID(), Kind: in.Kind, Case: in.Case, Step: in.Step, Code: in.Code, Key: in.Key,
			At: a.Now, LastAt: a.Now, Times: 1,
		}
		a.On("incident", fresh.ID, in.Case)
		return struct{}{}, a.Tx.AddIncident(ctx, fresh)
	})
	return err
}

// Settle resolves the open incident of a step that works again: incident.resolve. It writes nothing when there is none.
func (s *Service) Settle(ctx context.Context, by domain.Actor, in IncidentInput) error {
	open, err := service.See(ctx, s.store, func(tx Tx) (bool, error) {
		_, there, err := tx.OpenIncident(ctx, in.Kind, in.Case, in.Step)
		return there, err
	})
	if err != nil || !open {
		return err
	}
	_, err = service.Do(ctx, s.env, s.store, by, "incident.resolve", func(a *service.Act[Tx]) (struct{}, error) {
		old, there, err := a.Tx.OpenIncident(ctx, in.Kind, in.Case, in.Step)
		if err != nil || !there {
			return struct{}{}, err
		}
		at := a.Now
		old.ResolvedAt = &at
		a.On("incident", old.ID, old.Case)
		return struct{}{}, a.Tx.ChangeIncident(ctx, old)
	})
	return err
}

// ResolveInput names an incident.
type ResolveInput struct {
	Incident domain.ID `json:"-" path:"incident"`
}

// Resolve closes an incident by hand and wakes its case, so that the step is tried again at once: incident.resolve. An incident
// that is closed already stays as it is.
func (s *Service) Resolve(ctx context.Context, by domain.Actor, in ResolveInput) (Incident, error) {
	return service.Do(ctx, s.env, s.store, by, "incident.resolve", func(a *service.Act[Tx]) (Incident, error) {
		found, err := a.Tx.Incident(ctx, in.Incident)
		if err != nil {
			return found, err
		}
		of, err := a.Tx.CommitteeOf(ctx, found.Kind, found.Case)
		if err != nil {
			return found, err
		}
		if err := may(by, "incident.resolve", of); err != nil {
			return Incident{}, err
		}
		a.On("incident", found.ID, found.Case)
		if found.ResolvedAt != nil {
			return found, nil
		}
		if found.Case != "" {
			a.Wake(found.Kind, found.Case)
		}
		at := a.Now
		found.ResolvedAt = &at
		return found, a.Tx.ChangeIncident(ctx, found)
	})
}

// IncidentsInput asks for a page of open incidents, newest first: of a committee, or of all for administrators and auditors.
type IncidentsInput struct {
	Committee domain.ID `json:"-" query:"committee"`
	Before    domain.ID `json:"-" query:"before"`
	Limit     int       `json:"-" query:"limit"`
}

// Incidents lists open incidents: incident.list.
func (s *Service) Incidents(ctx context.Context, by domain.Actor, in IncidentsInput) (service.Page[Incident], error) {
	out := service.Page[Incident]{Items: []Incident{}}
	if err := may(by, "incident.list", in.Committee); err != nil {
		return out, err
	}
	size := service.PageSize(in.Limit)
	return service.See(ctx, s.store, func(tx Tx) (service.Page[Incident], error) {
		found, err := tx.Incidents(ctx, in.Committee, in.Before, size+1)
		if len(found) > size {
			found, out.Next = found[:size], string(found[size-1].ID)
		}
		out.Items = found
		return out, err
	})
}
