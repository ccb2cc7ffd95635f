package convening

import (
	"bytes"
	"context"
	"io"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/meeting"
	"secretariat/domain/policy"
	"secretariat/service"
)

// AddPaperInput brings a paper of an item, or with a Number a new revision of one.
type AddPaperInput struct {
	Item         domain.ID `json:"-" path:"item"`
	Number       int       `json:"number"` // 0: a new paper
	Title        string    `json:"title"`
	FileName     string    `json:"fileName"`
	Confidential bool      `json:"confidential"`
	Reason       string    `json:"reason"` // required once the papers are frozen
	Content      io.Reader `json:"-"`
}

// AddPaper keeps a paper. Its bytes are stored before the act, by their hash, so that a refusal leaves at most
// bytes that nothing refers to. Its kind is one of domain.FileKinds, as its name says and its first bytes show (CodeInvalid
// "file.kind", "file.double_extension", "file.signature"). After the papers are frozen a reason is required and the members are told.
// CodeTooLarge "file.too_large", CodeConflict "meeting.over", CodeRefused "papers.frozen".
func (s *Service) AddPaper(ctx context.Context, by domain.Actor, in AddPaperInput) (meeting.Paper, error) {
	if err := in.check(); err != nil {
		return meeting.Paper{}, err
	}
	if err := s.mayAddPaper(ctx, by, in); err != nil {
		return meeting.Paper{}, err
	}
	kind, whole, err := service.Sniff(in.Content, in.FileName, nil)
	if err != nil {
		return meeting.Paper{}, err
	}
	hash, size, err := s.ports.Files.Put(ctx, whole, s.ports.PaperLimit)
	if err != nil {
		return meeting.Paper{}, err
	}
	return service.Do(ctx, s.env, s.store, by, "paper.add", func(a *service.Act[Tx]) (meeting.Paper, error) {
		m, i, err := holdItem(ctx, a, "paper.add", in.Item)
		if err != nil {
			return meeting.Paper{}, err
		}
		p := meeting.Paper{
			ID: a.Env.NewID(), Item: i.ID, Title: in.Title, FileName: in.FileName, MediaType: domain.MediaOf(kind), Size: size,
			SHA256: hash, Confidential: in.Confidential, AddedBy: by.ID, AddedAt: a.Now, Reason: in.Reason,
		}
		return s.addPaper(ctx, a, m, p, in.Number)
	})
}

func (in AddPaperInput) check() error {
	var problems domain.Problems
	problems.Check(in.Number >= 0, "number", "field.range")
	problems.Text("title", in.Title, true, domain.MaxLine)
	meeting.CheckFileName(&problems, "fileName", in.FileName)
	problems.Text("reason", in.Reason, false, domain.MaxLine)
	problems.Check(in.Content != nil, "content", "field.required")
	return problems.Err()
}

// Bring keeps a paper that another area of the system made, and gives its number; see AddPaper.
func (s *Service) Bring(ctx context.Context, by domain.Actor, p service.Paper) (int, error) {
	out, err := s.AddPaper(ctx, by, AddPaperInput{
		Item: p.Item, Number: p.Number, Title: p.Title, FileName: p.FileName, Reason: p.Reason,
		Content: bytes.NewReader(p.Data),
	})
	return out.Number, err
}

// mayAddPaper keeps bytes of somebody who may not bring a paper from being stored at all.
func (s *Service) mayAddPaper(ctx context.Context, by domain.Actor, in AddPaperInput) error {
	return s.store.Read(ctx, func(tx Tx) error {
		i, err := tx.Item(ctx, in.Item)
		if err != nil {
			return err
		}
		m, err := tx.Meeting(ctx, i.Meeting)
		if err != nil {
			return err
		}
		f, err := itemFacts(ctx, tx, by, m, i)
		if err != nil {
			return err
		}
		return access.Can(by, "paper.add", f).Err()
	})
}

func (s *Service) addPaper(
	ctx context.Context, a *service.Act[Tx], m meeting.Meeting, p meeting.Paper, number int,
) (meeting.Paper, error) {
	rules, err := s.rules(ctx, a.Tx, m)
	if err != nil {
		return p, err
	}
	frozen, err := checkFrozen(a, m, p, rules)
	if err != nil {
		return p, err
	}
	there, err := a.Tx.PapersOf(ctx, p.Item)
	if err != nil {
		return p, err
	}
	if p.Number, p.Revision, err = meeting.NextRevision(there, number); err != nil {
		return p, err
	}
	if err := a.Tx.AddPaper(ctx, p); err != nil {
		return p, err
	}
	a.On("paper", p.ID, m.ID)
	a.Note("number", strconv.Itoa(p.Number))
	a.Note("revision", strconv.Itoa(p.Revision))
	if !frozen {
		return p, nil
	}
	return p, s.announce(ctx, a, &m, meeting.Told, rules)
}

// checkFrozen reports whether the papers are frozen and refuses a paper without a reason then.
func checkFrozen(a *service.Act[Tx], m meeting.Meeting, p meeting.Paper, rules policy.Rules) (bool, error) {
	if m.State == meeting.Adjourned || m.State == meeting.Cancelled {
		return false, domain.Conflict("meeting.over", domain.Args{"state": string(m.State)})
	}
	days := policy.PapersFreezeDays.Of(rules)
	frozen := m.PapersFrozen(days, a.Now)
	if frozen && p.Reason == "" {
		return true, domain.Refused("papers.frozen", policy.PapersFreezeDays.Cite(rules), domain.Args{"days": days})
	}
	return frozen, nil
}

// ReadPaperInput names the revision of a paper to read.
type ReadPaperInput struct {
	Paper domain.ID `json:"-" path:"paper"`
}

// PaperContent is a paper with its bytes, which the caller closes.
type PaperContent struct {
	Paper   meeting.Paper
	Content io.ReadCloser
}

// ReadPaper opens a paper that the actor may see; for everyone else there is none (CodeNotFound "not_found.paper").
// Superseded revisions are for staff and auditors.
func (s *Service) ReadPaper(ctx context.Context, by domain.Actor, in ReadPaperInput) (PaperContent, error) {
	p, err := service.See(ctx, s.store, func(tx Tx) (meeting.Paper, error) {
		p, err := tx.Paper(ctx, in.Paper)
		if err != nil {
			return p, err
		}
		i, err := tx.Item(ctx, p.Item)
		if err != nil {
			return p, err
		}
		m, err := tx.Meeting(ctx, i.Meeting)
		if err != nil {
			return p, err
		}
		r, err := read(ctx, tx, by, m)
		if err == nil && !r.reads(i, p) {
			err = domain.NotFound("paper")
		}
		return p, err
	})
	if err != nil {
		return PaperContent{}, err
	}
	content, err := s.ports.Files.Open(ctx, p.SHA256)
	return PaperContent{Paper: p, Content: content}, err
}

// FreezePapersInput names a meeting whose papers are to be fixed.
type FreezePapersInput struct {
	Meeting domain.ID `json:"-" path:"meeting"`
}

// FreezePapers fixes the papers of a convened meeting. Doing it again changes nothing. CodeConflict
// "papers.too_early" before the day for it, "meeting.not_convened" unless the meeting is to be held.
func (s *Service) FreezePapers(ctx context.Context, by domain.Actor, in FreezePapersInput) (meeting.Meeting, error) {
	return service.Do(ctx, s.env, s.store, by, "papers.freeze", func(a *service.Act[Tx]) (meeting.Meeting, error) {
		m, err := hold(ctx, a, "papers.freeze", in.Meeting)
		if err != nil || m.PapersFrozenAt != nil {
			return m, err
		}
		rules, err := s.rules(ctx, a.Tx, m)
		if err != nil {
			return m, err
		}
		if m.State != meeting.Convened {
			return m, domain.Conflict("meeting.not_convened", domain.Args{"state": string(m.State)})
		}
		if a.Now.Before(m.FreezeAt(policy.PapersFreezeDays.Of(rules))) {
			return m, domain.Conflict("papers.too_early", nil)
		}
		at := a.Now
		m.PapersFrozenAt = &at
		return m, a.Tx.ChangeMeeting(ctx, &m)
	})
}
