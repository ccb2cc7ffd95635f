package searching

import (
	"strings"

	"secretariat/domain/minutes"
)

// lines are the texts that say something, one a line.
func lines(texts ...string) string {
	var b strings.Builder
	for _, s := range texts {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(s)
	}
	return b.String()
}

// record is the text of disclosed minutes, field by field: ids and codes are no text.
func record(c minutes.Content, notices []minutes.Notice) string {
	out := []string{c.Host, c.Place}
	out = append(out, persons(c.Present, c.Absent, c.Observers)...)
	for _, e := range c.Proceeding {
		out = append(out, strings.TrimSpace(e.Speaker+" "+e.Text))
	}
	for _, i := range c.Items {
		out = append(out, treated(i)...)
	}
	out = append(out, c.Remarks)
	for _, n := range notices {
		out = append(out, n.Reason)
	}
	return lines(out...)
}

func persons(lists ...[]minutes.Attendee) []string {
	var out []string
	for _, list := range lists {
		for _, a := range list {
			out = append(out, lines(a.Name, a.Position, a.Note))
		}
	}
	return out
}

// treated is what disclosed minutes say of an item; of a confidential one nothing.
func treated(i minutes.ItemPart) []string {
	if i.Confidential {
		return nil
	}
	out := []string{i.Number, i.Title, i.Proposer, i.Proposal, i.Text, i.Reason}
	out = append(out, i.Conditions...)
	out = append(out, persons(i.Recused)...)
	for _, b := range i.Ballots {
		out = append(out, b.Question)
		out = append(out, persons(b.Candidates)...)
	}
	return out
}

// decided is the text of a disclosed decision record.
func decided(d minutes.Decision) string {
	out := append([]string{d.Number, d.Text, d.Reason, d.Cause}, d.Conditions...)
	if d.Ballot != nil {
		out = append(out, d.Ballot.Question)
	}
	return lines(out...)
}
