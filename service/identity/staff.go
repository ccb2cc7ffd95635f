package identity

import (
	"context"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/identity"
	"secretariat/service"
)

// AssignStaffInput makes somebody 간사 or 서기, or takes the assignment away.
type AssignStaffInput struct {
	Committee domain.ID `path:"committee" json:"-"`
	Account   domain.ID `json:"account"`
	Clerk     bool      `json:"clerk"` // 서기; otherwise 간사
	Remove    bool      `json:"remove"`
}

// AssignStaff assigns an account to a committee's secretariat (위원회조례 8⑧) in place of an assignment it had there, or
// takes it away: staff.assign. CodeNotFound when there is no such committee or account.
func (s *Service) AssignStaff(ctx context.Context, by domain.Actor, in AssignStaffInput) (identity.Assignment, error) {
	if err := may(by, "staff.assign", access.Facts{Committee: in.Committee}); err != nil {
		return identity.Assignment{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "staff.assign", func(a *service.Act[Tx]) (identity.Assignment, error) {
		a.On("account", in.Account, in.Committee)
		out := identity.Assignment{Committee: in.Committee, Account: in.Account, Clerk: in.Clerk, At: a.Now}
		if _, err := a.Tx.Committee(ctx, in.Committee); err != nil {
			return out, err
		}
		if _, err := a.Tx.Account(ctx, in.Account); err != nil {
			return out, err
		}
		if in.Remove {
			a.Note("result", "removed")
			return out, a.Tx.DropAssignment(ctx, in.Committee, in.Account)
		}
		return out, a.Tx.SetAssignment(ctx, out)
	})
}
