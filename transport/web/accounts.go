package web

import (
	"secretariat/domain"
	"secretariat/domain/committee"
	account "secretariat/domain/identity"
	"secretariat/service"
	"secretariat/service/identity"
	"secretariat/service/seating"
)

// accountsView is the list of accounts with what an administrator does to them.
type accountsView struct {
	service.Page[account.Account]
	Committees []committee.Committee
	Linked     map[domain.ID]account.Link
}

// accountsPage adds the administrators' page of accounts: inviting, rights, staff, second factors.
func accountsPage(s *Site) {
	done("invited", "invited_again", "account_changed", "factor_reset", "assigned", "link_dropped", "link_allowed")
	s.page("/accounts", "accounts", s.accounts)
	act(s, "/accounts", s.set.Invite, accountsAfter[identity.InviteInput, account.Account]("invited"))
	act(s, "/accounts/{account}", s.set.UpdateAccount, accountsAfter[identity.UpdateAccountInput, account.Account]("account_changed"))
	act(s, "/accounts/{account}/invitation", s.set.InviteAgain, accountsAfter[identity.InviteAgainInput, identity.Done]("invited_again"))
	act(s, "/accounts/{account}/factor", s.set.ResetFactor, accountsAfter[identity.ResetFactorInput, identity.Done]("factor_reset"))
	act(s, "/accounts/{account}/link", s.set.DropLink, accountsAfter[identity.DropLinkInput, identity.Done]("link_dropped"))
	act(s, "/accounts/{account}/link/allow", s.set.AllowLink, accountsAfter[identity.DropLinkInput, identity.Done]("link_allowed"))
	actWith(s, "/accounts/{account}/staff", s.set.AssignStaff, staffOf,
		accountsAfter[identity.AssignStaffInput, account.Assignment]("assigned"))
}

func accountsAfter[Req, Resp any](key string) func(*Visit, Req, Resp) string {
	return func(v *Visit, _ Req, _ Resp) string { return back(v, "") + "?done=" + key }
}

// staffOf names account and committee: the one stands in the address of the form, the other among its fields.
func staffOf(v *Visit, in *identity.AssignStaffInput) error {
	in.Account, in.Committee = domain.ID(v.r.PathValue("account")), domain.ID(v.r.PostForm.Get("committee"))
	in.Clerk, in.Remove = v.r.PostForm.Get("post") == "clerk", v.r.PostForm.Get("post") == "none"
	return nil
}

func (s *Site) accounts(v *Visit) (any, error) {
	found, err := s.set.ListAccounts.Call(v.ctx(), identity.ListAccountsInput{After: domain.ID(v.query("after"))})
	if err != nil {
		return nil, err
	}
	all, err := s.set.ListCommittees.Call(v.ctx(), seating.ListInput{Limit: service.MaxPage})
	if err != nil {
		return nil, err
	}
	links, err := s.set.ListLinks.Call(v.ctx(), identity.ListLinksInput{After: domain.ID(v.query("after"))})
	out := accountsView{found, all.Items, map[domain.ID]account.Link{}}
	for _, l := range links.Items {
		out.Linked[l.Account] = l
	}
	return out, err
}

// Choices are the committees as choices of a form.
func (p accountsView) Choices() []Option {
	out := make([]Option, len(p.Committees))
	for i, c := range p.Committees {
		out[i] = Option{string(c.ID), c.Name}
	}
	return out
}

// Posts are what somebody can be in the secretariat of a committee.
func (accountsView) Posts(v *Visit) []Option {
	return []Option{{"secretary", v.T("web.accounts.secretary")}, {"clerk", v.T("web.accounts.clerk")}, {"none", v.T("web.accounts.no_post")}}
}
