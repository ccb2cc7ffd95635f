package partnering

import (
	"context"
	"regexp"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/alliance"
	"secretariat/domain/calendar"
	"secretariat/service"
)

// maxTags bounds a list of sectors or technologies.
const maxTags = 40

var code = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func checkCode(p *domain.Problems, value string) {
	p.Check(code.MatchString(value) && len(value) <= 50, "code", "committee.code")
}

func checkTags(p *domain.Problems, field string, tags []string) {
	p.Check(len(tags) <= maxTags, field, "field.range")
	for _, t := range tags {
		p.Text(field, t, true, domain.MaxName)
	}
}

// FoundInput is a new alliance.
type FoundInput struct {
	Committee    domain.ID `json:"committee"`
	Code         string    `json:"code"`
	Name         string    `json:"name"`
	Sectors      []string  `json:"sectors"`
	Technologies []string  `json:"technologies"`
}

// Found sets an alliance up beside a committee: alliance.found. CodeConflict when the code is taken.
func (s *Service) Found(ctx context.Context, by domain.Actor, in FoundInput) (alliance.Alliance, error) {
	if err := may(by, "alliance.found", alliance.Alliance{}, ""); err != nil {
		return alliance.Alliance{}, err
	}
	var p domain.Problems
	checkCode(&p, in.Code)
	p.Check(in.Committee != "", "committee", "field.required")
	p.Text("name", in.Name, true, domain.MaxName)
	checkTags(&p, "sectors", in.Sectors)
	checkTags(&p, "technologies", in.Technologies)
	if err := p.Err(); err != nil {
		return alliance.Alliance{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "alliance.found", func(a *service.Act[Tx]) (alliance.Alliance, error) {
		out := alliance.Alliance{
			ID: a.Env.NewID(), Code: in.Code, Name: strings.TrimSpace(in.Name), Committee: in.Committee,
			Sectors: list(in.Sectors), Technologies: list(in.Technologies), CreatedAt: a.Now, Version: 1,
		}
		a.On("alliance", out.ID, out.ID)
		if _, err := a.Tx.Committee(ctx, in.Committee); err != nil {
			return out, err
		}
		return out, a.Tx.AddAlliance(ctx, out)
	})
}

// list is never nil, so that the database holds a list.
func list(tags []string) []string { return append([]string{}, tags...) }

// ReviseInput changes an alliance.
type ReviseInput struct {
	Alliance     domain.ID `path:"alliance" json:"-"`
	Name         string    `json:"name"`
	Sectors      []string  `json:"sectors"`
	Technologies []string  `json:"technologies"`
	Version      int       `json:"version"`
}

// Revise changes name and tags of an alliance: alliance.revise. Organisations keep tags that are no longer on the lists.
// CodeStale when it changed meanwhile.
func (s *Service) Revise(ctx context.Context, by domain.Actor, in ReviseInput) (alliance.Alliance, error) {
	return service.Do(ctx, s.env, s.store, by, "alliance.revise", func(a *service.Act[Tx]) (alliance.Alliance, error) {
		out, err := a.Tx.Alliance(ctx, in.Alliance)
		if err != nil {
			return out, err
		}
		a.On("alliance", out.ID, out.ID)
		if err := may(by, "alliance.revise", out, ""); err != nil {
			return out, err
		}
		var p domain.Problems
		p.Text("name", in.Name, true, domain.MaxName)
		checkTags(&p, "sectors", in.Sectors)
		checkTags(&p, "technologies", in.Technologies)
		if err := p.Err(); err != nil {
			return out, err
		}
		out.Name, out.Sectors, out.Technologies = strings.TrimSpace(in.Name), list(in.Sectors), list(in.Technologies)
		out.Version = in.Version
		return out, a.Tx.ChangeAlliance(ctx, &out)
	})
}

// ListInput asks for a page of alliances.
type ListInput struct {
	After string `query:"after" json:"-"`
	Limit int    `query:"limit" json:"-"`
}

// List lists alliances by code: alliance.list.
func (s *Service) List(ctx context.Context, by domain.Actor, in ListInput) (service.Page[alliance.Alliance], error) {
	out := service.Page[alliance.Alliance]{}
	if err := may(by, "alliance.list", alliance.Alliance{}, ""); err != nil {
		return out, err
	}
	size := service.PageSize(in.Limit)
	return service.See(ctx, s.store, func(tx Tx) (service.Page[alliance.Alliance], error) {
		found, err := tx.Alliances(ctx, in.After, size+1)
		out.Items = found
		if len(found) > size {
			out.Items, out.Next = found[:size], found[size-1].Code
		}
		return out, err
	})
}

// ShowInput names an alliance.
type ShowInput struct {
	Alliance domain.ID `path:"alliance" json:"-"`
}

// View is an alliance with its divisions, in numbers that name nobody.
type View struct {
	Alliance  alliance.Alliance `json:"alliance"`
	Members   int               `json:"members"`
	Waiting   *int              `json:"waiting,omitempty"` // applications to decide, for its staff
	Divisions []DivisionView    `json:"divisions"`
}

// DivisionView is a division with who has a place in it.
type DivisionView struct {
	alliance.Division
	Crowd
}

// Show shows an alliance and its divisions: alliance.show.
func (s *Service) Show(ctx context.Context, by domain.Actor, in ShowInput) (View, error) {
	return service.See(ctx, s.store, func(tx Tx) (View, error) {
		out := View{Divisions: []DivisionView{}}
		var err error
		if out.Alliance, err = tx.Alliance(ctx, in.Alliance); err != nil {
			return out, err
		}
		if err := may(by, "alliance.show", out.Alliance, ""); err != nil {
			return out, err
		}
		if out.Members, err = tx.CountOrganisations(ctx, in.Alliance, alliance.Member); err != nil {
			return out, err
		}
		if err := s.waiting(ctx, tx, by, &out); err != nil {
			return out, err
		}
		all, err := tx.Divisions(ctx, in.Alliance)
		if err != nil {
			return out, err
		}
		crowds, err := tx.CountPlaces(ctx, in.Alliance)
		for _, d := range all {
			out.Divisions = append(out.Divisions, DivisionView{d, crowds[d.ID]})
		}
		return out, err
	})
}

func (s *Service) waiting(ctx context.Context, tx Tx, by domain.Actor, out *View) error {
	f := access.Facts{Committee: out.Alliance.Committee}
	if !access.Can(by, "organisation.list", f).Allowed {
		return nil
	}
	n, err := tx.CountOrganisations(ctx, out.Alliance.ID, alliance.Applied)
	out.Waiting = &n
	return err
}

// AddDivisionInput is a new division.
type AddDivisionInput struct {
	Alliance domain.ID `path:"alliance" json:"-"`
	Code     string    `json:"code"`
	Name     string    `json:"name"`
	Sector   string    `json:"sector"`
}

// AddDivision adds a division (분과): division.add. CodeConflict when the code is taken.
func (s *Service) AddDivision(ctx context.Context, by domain.Actor, in AddDivisionInput) (alliance.Division, error) {
	return service.Do(ctx, s.env, s.store, by, "division.add", func(a *service.Act[Tx]) (alliance.Division, error) {
		of, err := a.Tx.Alliance(ctx, in.Alliance)
		if err != nil {
			return alliance.Division{}, err
		}
		if err := may(by, "division.add", of, ""); err != nil {
			return alliance.Division{}, err
		}
		var p domain.Problems
		checkCode(&p, in.Code)
		p.Text("name", in.Name, true, domain.MaxName)
		if in.Sector != "" {
			domain.OneOf(&p, "sector", in.Sector, of.Sectors...)
		}
		if err := p.Err(); err != nil {
			return alliance.Division{}, err
		}
		out := alliance.Division{
			ID: a.Env.NewID(), Alliance: of.ID, Code: in.Code, Name: strings.TrimSpace(in.Name), Sector: in.Sector,
		}
		a.On("division", out.ID, of.ID)
		return out, a.Tx.AddDivision(ctx, out)
	})
}

// Posts of an organisation in a division.
const (
	PostMember = "member"
	PostSherpa = "sherpa"
	PostNone   = "none"
)

// AssignInput gives an organisation a place in a division.
type AssignInput struct {
	Organisation domain.ID `path:"organisation" json:"-"`
	Division     domain.ID `json:"division"`
	Post         string    `json:"post"`
}

// Assign gives a member organisation a place in a division, makes it its sherpa, or takes the place away:
// division.assign. CodeConflict when the organisation is no member.
func (s *Service) Assign(ctx context.Context, by domain.Actor, in AssignInput) (Done, error) {
	return service.Do(ctx, s.env, s.store, by, "division.assign", func(a *service.Act[Tx]) (Done, error) {
		o, err := open(ctx, a, "division.assign", in.Organisation)
		if err != nil {
			return Done{}, err
		}
		var p domain.Problems
		domain.OneOf(&p, "post", in.Post, PostMember, PostSherpa, PostNone)
		d, err := a.Tx.Division(ctx, in.Division)
		p.Check(err == nil && d.Alliance == o.Alliance, "division", "field.choice")
		if domain.CodeOf(err) != domain.CodeNotFound && err != nil {
			return Done{}, err
		}
		if err := p.Err(); err != nil {
			return Done{}, err
		}
		a.Note("post", in.Post)
		if in.Post == PostNone {
			return Done{Done: true}, a.Tx.DropPlace(ctx, in.Division, in.Organisation)
		}
		if o.State != alliance.Member {
			return Done{}, domain.Conflict("organisation.not_member", nil)
		}
		return Done{Done: true}, a.Tx.SetPlace(ctx, alliance.Place{
			Division: d.ID, Organisation: o.ID, Sherpa: in.Post == PostSherpa, Since: calendar.DateOf(a.Now),
		})
	})
}
