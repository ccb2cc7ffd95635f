package main

import (
	"io"
	"path/filepath"
	"testing"

	"secretariat/domain"
	"secretariat/internal/pace"
	"secretariat/service/identity"
)

// TestDemoLeavesOtherDatabasesAlone points the demo at a database in which somebody works already.
func TestDemoLeavesOtherDatabasesAlone(t *testing.T) {
	database := "sqlite:" + filepath.Join(t.TempDir(), "city.db")
	t.Setenv("SECRETARIAT_DATABASE", database)
	d := demo{dir: t.TempDir(), listen: "127.0.0.1:0", out: io.Discard}
	a, err := d.open(t.Context(), pace.Real())
	if err != nil {
		t.Fatal(err)
	}
	in := identity.CreateAccountInput{Email: adminMail, Name: "관리자", Password: password, Admin: true}
	if _, err := a.services.Identity.Provision(t.Context(), domain.System("command"), in); err != nil {
		t.Fatal(err)
	}
	if err := a.close(); err != nil {
		t.Fatal(err)
	}
	if err := d.play(t.Context()); err == nil {
		t.Error("the demo was played in a database that is not its own")
	}
	if n := openLedger(t, database).number("SELECT count(*) FROM accounts"); n != 1 {
		t.Errorf("%d accounts, want the one of before", n)
	}
}
