package identity_test

import (
	"strings"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/domain/committee"
	domainidentity "secretariat/domain/identity"
	"secretariat/internal/testkit/hall"
	"secretariat/service/identity"
	"secretariat/store"
)

// asked is a link by which somebody is asked to act for an organisation.
func (w *world) asked(of domain.ID, state alliance.State) (*post, domainidentity.Account) {
	w.t.Helper()
	p := &post{}
	w.s.With(identity.Ports{Mailer: p, Address: "https://city.example"})
	account := w.account(mail)
	must(w.t, w.db.InTx(w.t.Context(), func(tx *store.Tx) error {
		if err := tx.AddCommittee(w.t.Context(), committee.Committee{ID: hall.Committee, Code: "c", Version: 1}); err != nil {
			return err
		}
		if err := tx.AddAlliance(w.t.Context(), alliance.Alliance{ID: "a", Code: "a", Name: "얼라이언스", Committee: hall.Committee, Sectors: []string{}, Technologies: []string{}, Version: 1}); err != nil {
			return err
		}
		if err := tx.AddOrganisation(w.t.Context(), alliance.Organisation{ID: of, Alliance: "a", Name: "가나로봇", State: state, BusinessNumber: "1", Sectors: []string{}, Technologies: []string{}, Version: 1}); err != nil {
			return err
		}
		return tx.AddInvitation(w.t.Context(), domainidentity.Invitation{
			ID: "i", Account: account.ID, CreatedAt: w.clock.Now(), ExpiresAt: w.clock.Now().Add(domainidentity.InvitationLife), Organisation: of, Submits: true,
		})
	}))
	_, err := w.s.SendInvitations(w.t.Context(), sender)
	must(w.t, err)
	return p, account
}

func (w *world) people(of domain.ID) (out []alliance.Person) {
	w.t.Helper()
	must(w.t, w.db.InTx(w.t.Context(), func(tx *store.Tx) (err error) {
		out, err = tx.PeopleOf(w.t.Context(), of)
		return err
	}))
	return out
}

func TestConsentIsGivenByTheLinkOnceAndChangesNoPassword(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p, account := w.asked("o", alliance.Member)
		if !strings.Contains(p.letters[0].Text, "가나로봇의 담당자로 초대되었습니다") {
			t.Errorf("%s", p.letters[0].Text)
		}
		token := p.token(t)
		what, err := w.s.ShowInvitation(t.Context(), public, identity.ShowInvitationInput{Token: token})
		must(t, err)
		if what != (identity.Opened{Organisation: "가나로봇", Submits: true}) || len(w.people("o")) != 0 {
			t.Errorf("before it is used: %+v", what)
		}
		_, err = w.s.Accept(t.Context(), public, identity.AcceptInput{Token: token, Password: "another long password"})
		must(t, err)
		if got := w.people("o"); len(got) != 1 || got[0].Account != account.ID || !got[0].Submits || got[0].Manages {
			t.Errorf("%+v", got)
		}
		w.token(mail) // the password is what it was
		_, err = w.s.Accept(t.Context(), public, identity.AcceptInput{Token: token})
		if domain.KeyOf(err) != "invitation.over" {
			t.Errorf("used twice: %v", err)
		}
	})
}

func TestConsentComesTooLateForAnOrganisationThatLeft(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p, _ := w.asked("o", alliance.Left)
		_, err := w.s.Accept(t.Context(), public, identity.AcceptInput{Token: p.token(t)})
		if domain.KeyOf(err) != "invitation.over" || len(w.people("o")) != 0 {
			t.Errorf("joined: %v", err)
		}
	})
}

func TestALostPasswordDoesNotEndWhatOneIsAskedFor(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		p, _ := w.asked("o", alliance.Member)
		token := p.token(t)
		_, err := w.s.Lost(t.Context(), public, identity.LostInput{Email: mail})
		must(t, err)
		_, err = w.s.Accept(t.Context(), public, identity.AcceptInput{Token: token})
		must(t, err)
		if len(w.people("o")) != 1 {
			t.Error("the consent is lost")
		}
	})
}
