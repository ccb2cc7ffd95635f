package alliance

// DigestPaper is what the digest of a consultation with its 신구조문대비표 is printed from.
type DigestPaper struct {
	Committee    string       `json:"committee"` // its name
	Consultation Consultation `json:"consultation"`
	Count        Count        `json:"count"`
	Lines        []DigestLine `json:"lines"`
}

// DigestLine is one opinion with what became of it. Giver is empty where the reader is not told.
type DigestLine struct {
	Article int     `json:"article"` // from 1; 0: the whole
	Stance  Stance  `json:"stance"`
	Giver   string  `json:"giver,omitempty"`
	Text    string  `json:"text"`
	Wording string  `json:"wording,omitempty"`
	Outcome Outcome `json:"outcome,omitempty"`
	Reason  string  `json:"reason,omitempty"`
	Merged  bool    `json:"merged,omitempty"`
}
