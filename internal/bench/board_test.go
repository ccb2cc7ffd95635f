package bench

import (
	"context"
	"fmt"
	"testing"
	"time"

	"secretariat/domain"
	"secretariat/domain/committee"
	"secretariat/domain/identity"
	"secretariat/domain/meeting"
	"secretariat/internal/secret"
	"secretariat/service"
	"secretariat/store"
)

// pack is the policy pack of the committees here, and seats as many as it lets a committee have.
const (
	pack  = "seoul-dx-draft"
	seats = 15
)

// board is a committee with a meeting.
type board struct {
	id        domain.ID
	meeting   domain.ID
	item      domain.ID
	members   []domain.ID
	tokens    []string // of the members
	secretary string   // token
}

// founding writes a board and keeps what is known of it.
type founding struct {
	*board
	tx    *store.Tx
	ctx   context.Context
	now   time.Time
	rules string // hash of the policy frozen for the meeting
}

// found makes committee n with its members, all of whom have signed in, and its meeting, by fill.
func (s *site) found(t testing.TB, n int, fill func(founding) error) *board {
	t.Helper()
	id := domain.ID(fmt.Sprintf("board-%d", n))
	b := &board{id: id, meeting: id + "-meeting", item: id + "-item"}
	s.write(t, func(ctx context.Context, tx *store.Tx) error {
		f := founding{board: b, tx: tx, ctx: ctx, now: service.Instant(s.env.Now())}
		var err error
		if f.rules, err = tx.FreezePolicy(ctx, rules(t)); err != nil {
			return err
		}
		if err := f.committee(); err != nil {
			return err
		}
		return fill(f)
	})
	return b
}

func (f founding) committee() error {
	err := f.tx.AddCommittee(f.ctx, committee.Committee{
		ID: f.id, Code: string(f.id), Name: "디지털전환위원회", OwningDepartment: "디지털전환과", Pack: pack, FoundedOn: "2010-01-01",
		State: committee.Active, Version: 1,
	})
	for n := 1; n <= seats && err == nil; n++ {
		err = f.seat(n)
	}
	if err != nil {
		return err
	}
	account := f.id + "-secretary"
	if f.secretary, err = f.signIn(account); err != nil {
		return err
	}
	return f.tx.SetAssignment(f.ctx, identity.Assignment{Committee: f.id, Account: account, At: f.now})
}

func (f founding) seat(n int) error {
	role := map[int]committee.Role{1: committee.RoleChair, 2: committee.RoleViceChair}[n]
	if role == "" {
		role = committee.RoleMember
	}
	seat := domain.ID(fmt.Sprintf("%s-seat-%02d", f.id, n))
	err := f.tx.AddSeat(f.ctx, committee.Seat{
		ID: seat, Committee: f.id, Number: n, Kind: committee.Appointed, Role: role,
	})
	if err != nil {
		return err
	}
	m := committee.Member{
		ID: domain.ID(fmt.Sprintf("%s-member-%02d", f.id, n)), Seat: seat, Committee: f.id,
		Person: domain.ID(fmt.Sprintf("%s-person-%02d", f.id, n)),
		Name:   fmt.Sprintf("위원 %02d", n), Organisation: fmt.Sprintf("기관 %02d", n), From: "2010-01-01", Version: 1,
	}
	if err := f.tx.AddMember(f.ctx, m); err != nil {
		return err
	}
	token, err := f.signIn(m.Person)
	f.members, f.tokens = append(f.members, m.ID), append(f.tokens, token)
	return err
}

// signIn makes an account with a bearer token.
func (f founding) signIn(account domain.ID) (string, error) {
	err := f.tx.AddAccount(f.ctx, identity.Account{
		ID: account, Email: string(account) + "@example.kr", Name: string(account), CreatedAt: f.now, Version: 1,
	})
	if err != nil {
		return "", err
	}
	return f.token(account)
}

func (f founding) token(account domain.ID) (string, error) {
	token := secret.Tokens{}.NewToken()
	return token, f.tx.AddToken(f.ctx, identity.Token{
		Hash: secret.Tokens{}.HashToken(token), Account: account, CreatedAt: f.now, ExpiresAt: f.now.Add(24 * time.Hour),
	})
}

// convened is the meeting, convened for the instant.
func (f founding) convened(at time.Time) meeting.Meeting {
	return meeting.Meeting{
		ID: f.meeting, Committee: f.id, Number: 1, Title: "제1차 회의", Mode: meeting.InPerson, State: meeting.Convened,
		StartsAt: at, ExpectedEnd: at.Add(2 * time.Hour), Place: "본관 3층 대회의실", ConvenedAt: &f.now, NoticedAt: &f.now,
		NoticeSequence: 1, Rules: f.rules, Public: true, Version: 1,
	}
}

// listed is an agenda item in words of the usual length.
func (f founding) listed(id domain.ID, n int) meeting.Item {
	return meeting.Item{
		ID: id, Meeting: f.meeting, Position: n, Number: fmt.Sprintf("의안 제2026-%d호", n), Kind: meeting.Resolution,
		Subject: meeting.SubjectOther, Title: fmt.Sprintf("산업 디지털 전환 시행계획(안) %d", n), Proposer: "디지털전환과",
		Proposal: text(2), Reasons: text(5), Summary: text(10), State: meeting.Listed, Version: 1,
	}
}

// text is so many sentences.
func text(sentences int) string {
	out := ""
	for range sentences {
		out += "위원회는 3개년 기본계획에 따른 과제의 예산현액과 집행률을 살피고 관계 부서의 답변을 들었습니다. "
	}
	return out
}
