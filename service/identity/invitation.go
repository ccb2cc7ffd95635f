package identity

import (
	"context"
	"errors"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/identity"
	"secretariat/service"
)

// Letter is a mail with a link.
type Letter struct {
	ID            string // no personal data
	Name, Mail    string // of the recipient
	Subject, Text string
}

// Mailer delivers one letter. CodeInvalid and CodeConflict say that it can never be delivered to this address.
type Mailer interface {
	Invite(context.Context, Letter) error
}

// InviteInput is a person who shall have an account.
type InviteInput struct {
	Email   string `json:"email"`
	Name    string `json:"name"`
	Admin   bool   `json:"admin"`
	Auditor bool   `json:"auditor"`
}

// Invite makes an account without a password and sends its owner a link to set one: account.invite. CodeConflict when
// the address is taken.
func (s *Service) Invite(ctx context.Context, by domain.Actor, in InviteInput) (identity.Account, error) {
	if err := may(by, "account.invite", access.Facts{}); err != nil {
		return identity.Account{}, err
	}
	in.Email, in.Name = identity.Email(in.Email), strings.TrimSpace(in.Name)
	var p domain.Problems
	identity.CheckEmail(&p, "email", in.Email)
	p.Text("name", in.Name, true, domain.MaxName)
	if err := p.Err(); err != nil {
		return identity.Account{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "account.invite", func(a *service.Act[Tx]) (identity.Account, error) {
		account := identity.Account{
			ID: a.Env.NewID(), Email: in.Email, Name: in.Name, Admin: in.Admin, Auditor: in.Auditor, CreatedAt: a.Now, Version: 1,
		}
		a.On("account", account.ID, "")
		if err := a.Tx.AddAccount(ctx, account); err != nil {
			return account, err
		}
		return account, invite(ctx, a, account.ID)
	})
}

// invite puts a link for an account in place of those before it; it is sent afterwards.
func invite(ctx context.Context, a *service.Act[Tx], account domain.ID) error {
	if err := a.Tx.EndInvitations(ctx, account, a.Now); err != nil {
		return err
	}
	return a.Tx.AddInvitation(ctx, identity.Invitation{
		ID: a.Env.NewID(), Account: account, CreatedAt: a.Now, ExpiresAt: a.Now.Add(identity.InvitationLife),
	})
}

// InviteAgainInput names the account.
type InviteAgainInput struct {
	Account domain.ID `json:"-" path:"account"`
}

// InviteAgain sends the owner of an account a new link, which ends the one before: account.invite_again.
func (s *Service) InviteAgain(ctx context.Context, by domain.Actor, in InviteAgainInput) (Done, error) {
	if err := may(by, "account.invite_again", access.Facts{}); err != nil {
		return Done{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "account.invite_again", func(a *service.Act[Tx]) (Done, error) {
		a.On("account", in.Account, "")
		if _, err := a.Tx.LockAccount(ctx, in.Account); err != nil {
			return Done{}, err
		}
		return Done{Done: true}, invite(ctx, a, in.Account)
	})
}

// LostInput is the address of somebody who has no password any more.
type LostInput struct {
	Email string `json:"email"`
}

// Lost sends a link to the owner of the address: account.lost. The answer is the same whether or not an account has
// it; a link asked for shortly before is not followed by another.
func (s *Service) Lost(ctx context.Context, by domain.Actor, in LostInput) (Done, error) {
	if err := may(by, "account.lost", access.Facts{}); err != nil {
		return Done{}, err
	}
	email := identity.Email(in.Email)
	var p domain.Problems
	identity.CheckEmail(&p, "email", email)
	if err := p.Err(); err != nil {
		return Done{}, err
	}
	ctx = service.WithOnce(ctx, "", "")
	return service.Do(ctx, s.env, s.store, by, "account.lost", func(a *service.Act[Tx]) (Done, error) {
		account, err := a.Tx.AccountByEmail(ctx, email)
		a.On("account", account.ID, "")
		if domain.CodeOf(err) == domain.CodeNotFound || err == nil && account.Disabled {
			return Done{Done: true}, nil
		}
		if err != nil {
			return Done{}, err
		}
		last, some, err := a.Tx.LastInvitation(ctx, account.ID)
		if err != nil || some && last.EndedAt == nil && a.Now.Sub(last.CreatedAt) < identity.InvitationPause {
			return Done{Done: true}, err
		}
		return Done{Done: true}, invite(ctx, a, account.ID)
	})
}

// open is the invitation of a link that may be used now.
func (s *Service) open(ctx context.Context, tx Tx, token string) (identity.Invitation, error) {
	i, err := tx.InvitationByHash(ctx, s.secrets.HashToken(token))
	if domain.CodeOf(err) == domain.CodeNotFound || err == nil && !i.Good(service.Instant(s.env.Now())) {
		return i, errOver
	}
	return i, err
}

// invitationsAtOnce is how many links are sent in one round.
const invitationsAtOnce = 50

// SendInvitations sends the links that wait: invitation.send. Each gets its secret only now, so that none is kept
// anywhere; a link whose mail fails gets another with the next try, InvitationClaim later. It says how many were sent.
func (s *Service) SendInvitations(ctx context.Context, by domain.Actor) (int, error) {
	if err := may(by, "invitation.send", access.Facts{}); err != nil {
		return 0, err
	}
	waiting, err := service.See(ctx, s.store, func(tx Tx) ([]identity.Invitation, error) {
		return tx.WaitingInvitations(ctx, service.Instant(s.env.Now()).Add(-identity.InvitationClaim), invitationsAtOnce)
	})
	sent, failures := 0, []error{err}
	for _, i := range waiting {
		err := s.sendInvitation(ctx, by, i)
		if err == nil {
			sent++
		}
		failures = append(failures, err)
	}
	return sent, errors.Join(failures...)
}

func (s *Service) sendInvitation(ctx context.Context, by domain.Actor, i identity.Invitation) error {
	token := s.secrets.NewToken()
	var of string
	account, err := service.See(ctx, s.store, func(tx Tx) (out identity.Account, err error) {
		if i.Organisation != "" {
			o, err := tx.Organisation(ctx, i.Organisation)
			if err != nil {
				return out, err
			}
			of = o.Name
		}
		return tx.Account(ctx, i.Account)
	})
	if err != nil {
		return err
	}
	hash := s.secrets.HashToken(token)
	mine, err := s.note(ctx, by, i, func(a *service.Act[Tx], i *identity.Invitation) {
		i.Hash, i.ClaimedAt = hash, &a.Now
	})
	if err != nil || !mine {
		return err
	}
	i.Hash = hash
	err = s.mailer.Invite(ctx, s.letter(account, i, of, token))
	code := domain.CodeOf(err)
	if refused := code == domain.CodeInvalid || code == domain.CodeConflict; err != nil && !refused {
		return err
	}
	_, noted := s.note(ctx, by, i, func(a *service.Act[Tx], i *identity.Invitation) {
		i.SentAt = &a.Now
		if err != nil {
			i.Failure = string(code)
			a.Note("failure", i.Failure)
		}
	})
	return noted
}

// note changes an invitation that is still as it was read; false when it was ended, or another process sends it.
func (s *Service) note(
	ctx context.Context, by domain.Actor, was identity.Invitation, change func(*service.Act[Tx], *identity.Invitation),
) (bool, error) {
	return service.Do(ctx, s.env, s.store, by, "invitation.send", func(a *service.Act[Tx]) (bool, error) {
		a.On("account", was.Account, "")
		if _, err := a.Tx.LockAccount(ctx, was.Account); err != nil {
			return false, err
		}
		i, err := a.Tx.Invitation(ctx, was.ID)
		if err != nil || i.EndedAt != nil || i.SentAt != nil || i.Hash != was.Hash {
			return false, err
		}
		change(a, &i)
		return true, a.Tx.ChangeInvitation(ctx, i)
	})
}

func (s *Service) letter(to identity.Account, i identity.Invitation, organisation, token string) Letter {
	link := s.address + "/invitation?token=" + token
	until := calendar.Korean(i.ExpiresAt)
	if organisation != "" {
		return Letter{
			ID: "invitation." + string(i.ID), Name: to.Name, Mail: to.Email, Subject: "담당자 초대: " + organisation,
			Text: to.Name + "님께\n\n" + organisation + "의 담당자로 초대되었습니다. 수락하시려면 아래 주소를 열어 주십시오. 수락하기 전에는 담당자가 되지 않습니다. " +
				"주소는 한 번만 쓸 수 있으며 " + until + "까지 유효합니다.\n\n" + link + "\n\n모르는 초대라면 이 메일을 지워 주십시오.\n",
		}
	}
	return Letter{
		ID: "invitation." + string(i.ID), Name: to.Name, Mail: to.Email, Subject: "위원회 업무 시스템 비밀번호 설정 안내",
		Text: to.Name + "님께\n\n위원회 업무 시스템의 비밀번호를 정해 주십시오. 아래 주소는 한 번만 쓸 수 있으며 " + until +
			"까지 유효합니다.\n\n" + link + "\n\n요청한 적이 없다면 이 메일을 지우고 담당부서에 알려 주십시오.\n",
	}
}
