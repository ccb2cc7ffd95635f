package planning

import (
	"context"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/identity"
	"secretariat/domain/plan"
	"secretariat/service"
)

// may of the register asks with the committee that the actor serves, since departments belong to no committee.
func mayDepartment(by domain.Actor, op string) error {
	f := access.Facts{}
	if len(by.Staff) > 0 {
		f.Committee = by.Staff[0].Committee
	}
	return access.Can(by, op, f).Err()
}

// AddDepartmentInput is a new department.
type AddDepartmentInput struct {
	Name string `json:"name"`
}

// AddDepartment enters a department into the register: department.add. CodeConflict when one has its name.
func (s *Service) AddDepartment(ctx context.Context, by domain.Actor, in AddDepartmentInput) (plan.Department, error) {
	return service.Do(ctx, s.env, s.store, by, "department.add", func(a *service.Act[Tx]) (plan.Department, error) {
		if err := mayDepartment(by, "department.add"); err != nil {
			return plan.Department{}, err
		}
		d := plan.Department{ID: a.Env.NewID(), Name: strings.TrimSpace(in.Name), Version: 1}
		var p domain.Problems
		p.Text("name", d.Name, true, domain.MaxName)
		if err := p.Err(); err != nil {
			return d, err
		}
		a.On("department", d.ID, d.ID)
		return d, a.Tx.AddDepartment(ctx, d)
	})
}

// AbolishDepartmentInput ends a department (조직개편). Without a successor its tasks are left without an owner.
type AbolishDepartmentInput struct {
	Department domain.ID     `path:"department" json:"-"`
	On         calendar.Date `json:"on"` // first day on which it is no longer there
	Successor  domain.ID     `json:"successor"`
	Basis      string        `json:"basis"` // number of the document or decision
	Version    int           `json:"version"`
}

// AbolishDepartment ends a department from a day on: department.abolish. What it owns in plans stays its own until it is
// transferred. CodeConflict when it has ended.
func (s *Service) AbolishDepartment(ctx context.Context, by domain.Actor, in AbolishDepartmentInput) (plan.Department, error) {
	return service.Do(ctx, s.env, s.store, by, "department.abolish", func(a *service.Act[Tx]) (plan.Department, error) {
		if err := mayDepartment(by, "department.abolish"); err != nil {
			return plan.Department{}, err
		}
		d, err := a.Tx.LockDepartment(ctx, in.Department)
		if err != nil {
			return d, err
		}
		a.On("department", d.ID, d.ID)
		known, err := a.Tx.Departments(ctx)
		if err != nil {
			return d, err
		}
		if err := in.check(known, d); err != nil {
			return d, err
		}
		if d, err = d.Abolish(in.On, in.Successor, strings.TrimSpace(in.Basis)); err != nil {
			return d, err
		}
		d.Version = in.Version
		a.Note("successor", string(d.Successor))
		return d, a.Tx.ChangeDepartment(ctx, &d)
	})
}

// check notes a successor that is not there on the day, or is the department itself.
func (in AbolishDepartmentInput) check(known plan.Register, d plan.Department) error {
	var p domain.Problems
	p.Check(in.On.Valid(), "on", "field.date")
	p.Text("basis", in.Basis, true, domain.MaxName)
	if in.Successor != "" {
		heir, there := known.Of(in.Successor)
		p.Check(there && heir.ID != d.ID && heir.Stands(in.On), "successor", "field.choice")
	}
	return p.Err()
}

// BindInput lets somebody act for a department, or no longer.
type BindInput struct {
	Department domain.ID `path:"department" json:"-"`
	Name       string    `json:"name"` // of an account that is to be made
	Email      string    `json:"email"`
	Remove     bool      `json:"remove"`
}

// Bound is the answer of it.
type Bound struct {
	Account domain.ID `json:"account"`
}

// Bind lets an account act for a department: it is asked for figures by letter and enters them itself: department.bind. For an
// address that has no account one is made, whose owner is sent a link.
func (s *Service) Bind(ctx context.Context, by domain.Actor, in BindInput) (Bound, error) {
	return service.Do(ctx, s.env, s.store, by, "department.bind", func(a *service.Act[Tx]) (Bound, error) {
		if err := mayDepartment(by, "department.bind"); err != nil {
			return Bound{}, err
		}
		d, err := a.Tx.LockDepartment(ctx, in.Department)
		if err != nil {
			return Bound{}, err
		}
		a.On("department", d.ID, d.ID)
		email := identity.Email(in.Email)
		var p domain.Problems
		identity.CheckEmail(&p, "email", email)
		if err := p.Err(); err != nil {
			return Bound{}, err
		}
		who, err := s.person(ctx, a, email, in)
		if err != nil {
			return Bound{}, err
		}
		b := plan.Belongs{Department: d.ID, Account: who.ID}
		a.Note("account", string(who.ID))
		if err := s.wakeReviews(ctx, a); err != nil {
			return Bound{}, err
		}
		if in.Remove {
			return Bound{who.ID}, a.Tx.DropBelongs(ctx, b)
		}
		return Bound{who.ID}, a.Tx.SetBelongs(ctx, b)
	})
}

// person finds the account of an address, or makes one whose owner is sent a link.
func (s *Service) person(ctx context.Context, a *service.Act[Tx], email string, in BindInput) (identity.Account, error) {
	known, err := a.Tx.AccountByEmail(ctx, email)
	if domain.CodeOf(err) != domain.CodeNotFound || in.Remove {
		return known, err
	}
	var p domain.Problems
	p.Text("name", in.Name, true, domain.MaxName)
	if err := p.Err(); err != nil {
		return known, err
	}
	account := identity.Account{ID: a.Env.NewID(), Email: email, Name: strings.TrimSpace(in.Name), CreatedAt: a.Now, Version: 1}
	if err := a.Tx.AddAccount(ctx, account); err != nil {
		return account, err
	}
	return account, a.Tx.AddInvitation(ctx, identity.Invitation{
		ID: a.Env.NewID(), Account: account.ID, CreatedAt: a.Now, ExpiresAt: a.Now.Add(identity.InvitationLife),
	})
}

// wakeReviews has the plans under review look again: who is written to has changed.
func (s *Service) wakeReviews(ctx context.Context, a *service.Act[Tx]) error {
	held, err := a.Tx.OpenReviews(ctx)
	for _, v := range held {
		a.Wake(service.CasePlan, v.Plan)
	}
	return err
}

// DepartmentsInput asks for the register.
type DepartmentsInput struct{}

// DepartmentView is a department, and for who looks after the register who acts for it.
type DepartmentView struct {
	plan.Department
	People []DepartmentPerson `json:"people"`
}

// DepartmentPerson is somebody who acts for a department.
type DepartmentPerson struct {
	Account domain.ID `json:"account"`
	Name    string    `json:"name"`
	Email   string    `json:"email"`
}

// DepartmentList is the register, by name.
type DepartmentList struct {
	Items []DepartmentView `json:"items"`
}

// Departments lists the departments: department.list. Who acts for them is shown to the staff alone.
func (s *Service) Departments(ctx context.Context, by domain.Actor, _ DepartmentsInput) (DepartmentList, error) {
	out := DepartmentList{Items: []DepartmentView{}}
	if err := mayDepartment(by, "department.list"); err != nil {
		return out, err
	}
	return service.See(ctx, s.store, func(tx Tx) (DepartmentList, error) {
		all, err := tx.Departments(ctx)
		if err != nil {
			return out, err
		}
		people := map[domain.ID][]DepartmentPerson{}
		if mayDepartment(by, "department.bind") == nil {
			if people, err = peopleOf(ctx, tx); err != nil {
				return out, err
			}
		}
		for _, d := range all {
			out.Items = append(out.Items, DepartmentView{d, append([]DepartmentPerson{}, people[d.ID]...)})
		}
		return out, nil
	})
}

func peopleOf(ctx context.Context, tx Tx) (map[domain.ID][]DepartmentPerson, error) {
	all, err := tx.DepartmentPeople(ctx)
	out := map[domain.ID][]DepartmentPerson{}
	for _, b := range all {
		account, err := tx.Account(ctx, b.Account)
		if err != nil {
			return nil, err
		}
		out[b.Department] = append(out[b.Department], DepartmentPerson{account.ID, account.Name, account.Email})
	}
	return out, err
}
