package partnering_test

import (
	"context"
	"testing"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/internal/testkit"
	"secretariat/internal/testkit/hall"
	"secretariat/service/partnering"
	"secretariat/store"
)

// world is an alliance of one committee, with who serves it.
type world struct {
	t     *testing.T
	h     *hall.Hall
	s     *partnering.Service
	staff domain.Actor
	a     alliance.Alliance
}

// engines runs the test on both databases.
func engines(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	hall.Each(t, func(t *testing.T, db *hall.Database) {
		h := hall.New(t, db, hall.Members(3))
		w := &world{t: t, h: h, s: partnering.New(h.Env, store.View[partnering.Tx]{DB: db.DB})}
		w.staff = h.Secretary()
		var err error
		w.a, err = w.s.Found(t.Context(), testkit.Admin(), partnering.FoundInput{
			Committee: hall.Committee, Code: "dx", Name: "산업 디지털전환 얼라이언스",
			Sectors: []string{"핀테크", "로봇"}, Technologies: []string{"인공지능", "빅데이터"},
		})
		must(t, err)
		f(t, w)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func entry(number string) partnering.Entry {
	return partnering.Entry{Name: "가나로봇", Kind: alliance.Company, Size: alliance.Small, BusinessNumber: number, Sectors: []string{"로봇"}}
}

func (w *world) application(number, mail string) partnering.ApplyInput {
	return partnering.ApplyInput{Alliance: w.a.ID, Entry: entry(number), Join: true, ContactName: "김담당", ContactEmail: mail}
}

// register enters an organisation and gives it with who looks after it.
func (w *world) register(number, mail string) (alliance.Organisation, domain.Actor) {
	w.t.Helper()
	o, err := w.s.Register(w.t.Context(), w.staff, w.application(number, mail))
	must(w.t, err)
	return o, w.person(o.ID, mail)
}

// person is the actor that the owner of the address is through an organisation.
func (w *world) person(organisation domain.ID, mail string) domain.Actor {
	w.t.Helper()
	var by domain.Actor
	must(w.t, w.h.DB.InTx(w.t.Context(), func(tx *store.Tx) error {
		account, err := tx.AccountByEmail(w.t.Context(), mail)
		if err != nil {
			return err
		}
		by = domain.Actor{ID: account.ID, Kind: domain.ActorPerson}
		all, err := tx.PeopleOf(w.t.Context(), organisation)
		for _, p := range all {
			if p.Account == account.ID {
				by.Partners = []domain.Partner{{Organisation: organisation, Submits: p.Submits, Manages: p.Manages}}
			}
		}
		return err
	}))
	return by
}

func (w *world) read(f func(context.Context, *store.Tx) error) {
	w.t.Helper()
	must(w.t, w.h.DB.InTx(w.t.Context(), func(tx *store.Tx) error { return f(w.t.Context(), tx) }))
}
