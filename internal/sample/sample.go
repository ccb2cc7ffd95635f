package sample

import "secretariat/domain/figures"

// Sample is the whole content of the demo.
type Sample struct {
	// Notice says in Korean what is invented and what is quoted; pages that show the content show it too.
	Notice    string    `json:"notice" yaml:"notice"`
	Sources   []Source  `json:"sources" yaml:"sources"`
	Committee Committee `json:"committee" yaml:"-"`
	// Items are numbered from 1 in the order they are taken.
	Items []Item `json:"items" yaml:"items"`
	// Alliance is shown beside the committee.
	Alliance Alliance `json:"alliance" yaml:"-"`
	// Plan is the basic plan that the committee deliberates.
	Plan Plan `json:"plan" yaml:"-"`
	// Statements are in the order they are made.
	Statements []Statement `json:"statements" yaml:"-"`
}

// Claims are the figure claims of all papers in the order of the agenda.
func (s *Sample) Claims() []figures.Claim {
	var claims []figures.Claim
	for _, item := range s.Items {
		for _, paper := range item.Papers {
			claims = append(claims, paper.Claims...)
		}
	}
	return claims
}

// Source is a document the content is taken from; papers refer to it by Code.
type Source struct {
	Code      string `json:"code" yaml:"code"`
	Title     string `json:"title" yaml:"title"`
	Publisher string `json:"publisher" yaml:"publisher"`
	Issue     string `json:"issue,omitempty" yaml:"issue"`
	Date      string `json:"date" yaml:"date"` // ISO 8601
}

// Statement is something a member says on an item.
type Statement struct {
	Item int    `json:"item" yaml:"item"`
	Seat int    `json:"seat" yaml:"seat"`
	Text string `json:"text" yaml:"text"`
	// Procedural marks the chair's conduct of the meeting, which is open to a chair who is recused from the item.
	Procedural bool `json:"procedural,omitempty" yaml:"procedural"`
}
