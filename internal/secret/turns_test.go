package secret

import (
	"context"
	"strings"
	"testing"

	"secretariat/domain"
)

func TestWaitingForATurnEndsWithTheContext(t *testing.T) {
	p := NewPasswords()
	for range atOnce {
		p.turns <- struct{}{} // somebody is hashing
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Hash(ctx, "correct horse battery"); domain.CodeOf(err) != domain.CodeUnavailable {
		t.Errorf("hashed out of turn: %v", err)
	}
	hash := "argon2id$8$1$1$AAAA$" + strings.Repeat("A", 43)
	if _, err := p.Matches(ctx, hash, "x"); domain.CodeOf(err) != domain.CodeUnavailable {
		t.Errorf("compared out of turn: %v", err)
	}
	<-p.turns
	if _, err := p.Hash(t.Context(), "correct horse battery"); err != nil {
		t.Errorf("no hash although it is our turn: %v", err)
	}
	if len(p.turns) != atOnce-1 {
		t.Error("a turn is kept")
	}
}
