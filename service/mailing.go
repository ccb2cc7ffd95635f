package service

// Mailing is how far the letters have come that go out to many at once.
type Mailing struct {
	Done  int `json:"done"`  // sent, or given up
	Total int `json:"total"` // with those that are due
}

// MailingOf counts the letters that belong to the same mailings as those that are due; nil when none is due. batch names the mailing
// of a letter, whoever it goes to.
func MailingOf[L any](due, sent []L, batch func(L) string) *Mailing {
	if len(due) == 0 {
		return nil
	}
	out, open := Mailing{Total: len(due)}, map[string]bool{}
	for _, l := range due {
		open[batch(l)] = true
	}
	for _, l := range sent {
		if open[batch(l)] {
			out.Done++
		}
	}
	out.Total += out.Done
	return &out
}
