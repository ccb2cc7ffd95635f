package sample

import (
	"slices"

	"secretariat/domain/figures"
)

// ItemKind says what the committee does with an item.
type ItemKind string

// The kinds of items in the demo.
const (
	Resolution   ItemKind = "resolution"   // 의결안건
	Deliberation ItemKind = "deliberation" // 심의안건
	Report       ItemKind = "report"       // 보고안건
)

// The results the items are expected to come to.
const (
	ApprovedAsProposed = "approved_as_proposed" // 원안가결
	ApprovedAsAmended  = "approved_as_amended"  // 수정가결
	Deferred           = "deferred"             // 보류
	Received           = "received"             // 원안접수
)

// Item is an agenda item with its papers.
type Item struct {
	Number int      `json:"number" yaml:"number"`
	Title  string   `json:"title" yaml:"title"`
	Kind   ItemKind `json:"kind" yaml:"kind"`
	// Secret items are decided by secret ballot (무기명투표) for the reason given.
	Secret       bool   `json:"secret,omitempty" yaml:"secret"`
	SecretReason string `json:"secretReason,omitempty" yaml:"secretReason"`
	Proposer     string `json:"proposer" yaml:"proposer"` // a department
	// Expected is the result the demo should reach.
	Expected string `json:"expected" yaml:"expected"`
	// Proposal is 주문, Reasons 제안이유, Basis 근거, Points 주요내용.
	Proposal  string     `json:"proposal" yaml:"proposal"`
	Reasons   string     `json:"reasons" yaml:"reasons"`
	Basis     []string   `json:"basis,omitempty" yaml:"basis"`
	Points    []Block    `json:"points" yaml:"points"`
	Amendment *Amendment `json:"amendment,omitempty" yaml:"amendment"`
	Recusals  []Recusal  `json:"recusals,omitempty" yaml:"recusals"`
	// Departures are members who leave during the item, before any vote on it.
	Departures []Departure `json:"departures,omitempty" yaml:"departures"`
	Papers     []Paper     `json:"papers" yaml:"-"`
}

// Voters are the attending seats that may vote on the item: neither recused nor gone.
func (i Item) Voters(attending []int) []int {
	var voters []int
	for _, seat := range attending {
		if !i.Recused(seat) && !i.leaves(seat) {
			voters = append(voters, seat)
		}
	}
	return voters
}

// Recused reports whether a seat is recused from the item (제척).
func (i Item) Recused(seat int) bool {
	return slices.ContainsFunc(i.Recusals, func(r Recusal) bool { return r.Seat == seat })
}

func (i Item) leaves(seat int) bool {
	return slices.ContainsFunc(i.Departures, func(d Departure) bool { return d.Seat == seat })
}

// Amendment is a change proposed in the meeting and carried.
type Amendment struct {
	Title    string   `json:"title" yaml:"title"`
	Proposer int      `json:"proposer" yaml:"proposer"` // a seat
	Text     string   `json:"text" yaml:"text"`
	Changes  []Change `json:"changes" yaml:"changes"`
	// Blocks are added as they stand.
	Blocks []Block `json:"blocks,omitempty" yaml:"blocks"`
}

// Change is one row of the comparison of old and new text (신구조문대비표).
type Change struct {
	Target string `json:"target" yaml:"target"`
	Before string `json:"before" yaml:"before"`
	After  string `json:"after" yaml:"after"`
}

// Recusal is why a member may not take part in an item. Ground is "organisation" (4IR조례 9①), "service" or "advice"
// (위원회조례 9①).
type Recusal struct {
	Seat   int    `json:"seat" yaml:"seat"`
	Ground string `json:"ground" yaml:"ground"`
	Reason string `json:"reason" yaml:"reason"`
}

// Departure is a member's leaving during an item.
type Departure struct {
	Seat   int    `json:"seat" yaml:"seat"`
	Reason string `json:"reason" yaml:"reason"`
}

// Paper is a document on the table for an item.
type Paper struct {
	ID    string `json:"id" yaml:"id"` // item and number: "1-2"
	Item  int    `json:"item" yaml:"item"`
	Title string `json:"title" yaml:"title"`
	// Confidential papers name their Grounds, the numbers of 정보공개법 9①, and a reason.
	Confidential bool    `json:"confidential" yaml:"confidential"`
	Grounds      []int   `json:"grounds,omitempty" yaml:"grounds"`
	Reason       string  `json:"reason,omitempty" yaml:"reason"`
	Source       string  `json:"source,omitempty" yaml:"source"` // code of a Source
	Blocks       []Block `json:"blocks" yaml:"blocks"`
	// Claims are the figures of the paper that can be recomputed, for figures.Check.
	Claims []figures.Claim `json:"claims,omitempty" yaml:"-"`
}

// BlockKind says what a block of a paper is.
type BlockKind string

// The kinds of blocks.
const (
	Heading   BlockKind = "heading"
	Paragraph BlockKind = "para"
	ListItem  BlockKind = "item"
	TableKind BlockKind = "table"
)

// Block is a piece of a structured text.
type Block struct {
	Kind  BlockKind `json:"kind" yaml:"kind"`
	Level int       `json:"level,omitempty" yaml:"level"` // of headings and list items, from 1
	// Text is the text of the block, and the caption of a table.
	Text string `json:"text" yaml:"text"`
	// Unit stands above the right edge of a table, as in "(단위: 백만원)".
	Unit    string     `json:"unit,omitempty" yaml:"unit"`
	Columns []string   `json:"columns,omitempty" yaml:"columns"`
	Rows    [][]string `json:"rows,omitempty" yaml:"rows"`
	// Table is the ID of the figures table whose columns, rows and unit the block shows; they are filled in by Load.
	Table string `json:"table,omitempty" yaml:"table"`
}
