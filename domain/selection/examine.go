package selection

import (
	"slices"
	"strconv"

	"secretariat/domain"
	"secretariat/domain/calendar"
)

// Applicant is what the terms of a call look at in an organisation.
type Applicant struct {
	Company        bool
	Size           string
	Sectors        []string
	Member         bool
	BusinessNumber string
	Funded         bool // another application of the same business number is selected in a call of the same year
	PartnerFunded  bool // the same of an organisation that takes part

	Barred        calendar.Date // until when it is kept from calls; empty: it is not
	PartnerBarred bool          // an organisation that takes part is
}

// Finding is one reason why the terms of a call are not met, for who fills in the form and for who reviews.
type Finding struct {
	Field string      `json:"field"` // of the form
	Key   string      `json:"key"`
	Args  domain.Args `json:"args,omitempty"`
}

// Examine says in which points an application does not meet the terms of a call. Double funding is a warning for who
// reviews (지방보조금법 6③); the rest keeps it from being submitted.
func (t Terms) Examine(a Application, by Applicant) (blocking, warnings []Finding) {
	blocking = append(t.examineApplicant(by), t.examineMoney(a, by)...)
	blocking = append(blocking, t.examineAnswers(a.Answers, by)...)
	if by.Funded {
		warnings = append(warnings, Finding{Field: "organisation", Key: "terms.funded"})
	}
	if by.PartnerFunded {
		warnings = append(warnings, Finding{Field: t.at(FeedPartners), Key: "terms.partner_funded"})
	}
	return blocking, warnings
}

// at is the field of the request in which something is filled in.
func (t Terms) at(feed Feed) string {
	if f, ok := t.ApplicationForm().FedBy(feed); ok {
		return "answers." + f.Key
	}
	return "organisation"
}

func (t Terms) examineApplicant(by Applicant) (out []Finding) {
	if len(t.Sizes) > 0 && (!by.Company || !slices.Contains(t.Sizes, by.Size)) {
		out = append(out, Finding{Field: "organisation", Key: "terms.size"})
	}
	if len(t.Sectors) > 0 && !slices.ContainsFunc(by.Sectors, func(s string) bool { return slices.Contains(t.Sectors, s) }) {
		out = append(out, Finding{Field: "organisation", Key: "terms.sector"})
	}
	if by.Barred != "" {
		out = append(out, Finding{"organisation", "terms.barred", domain.Args{"until": string(by.Barred)}})
	}
	if by.PartnerBarred {
		out = append(out, Finding{Field: t.at(FeedPartners), Key: "terms.partner_barred"})
	}
	if t.Members && !by.Member {
		out = append(out, Finding{Field: "organisation", Key: "terms.members"})
	}
	return out
}

func (t Terms) examineMoney(a Application, by Applicant) (out []Finding) {
	most, share := t.Limits(by)
	if most > 0 && a.Amount > most {
		out = append(out, Finding{t.at(FeedAmount), "terms.most", domain.Args{"most": most}})
	}
	// own / (own + asked) >= percent / 100
	if share > 0 && a.OwnMoney*FullScore < int64(share)*(a.OwnMoney+a.Amount) {
		out = append(out, Finding{t.at(FeedOwnMoney), "terms.own_share", domain.Args{"percent": share}})
	}
	heads, counted := t.number(a.Answers, FeedHeadCount)
	if t.PerHead > 0 && counted && a.Amount > t.PerHead*heads {
		out = append(out, Finding{t.at(FeedAmount), "terms.per_head", domain.Args{"most": t.PerHead, "heads": heads}})
	}
	return out
}

// examineAnswers looks at what the form asks beside money.
func (t Terms) examineAnswers(given []Answer, by Applicant) (out []Finding) {
	there := t.Form.Visible(given)
	for _, f := range t.Form.Fields() {
		if a := AnswerTo(given, f.Key); f.Must != "" && there[f.Key] && !a.empty() && a.Value != f.Must && !slices.Contains(a.Chosen, f.Must) {
			out = append(out, Finding{Field: "answers." + f.Key, Key: "terms.must"})
		}
	}
	now, has := t.number(given, FeedTRL)
	target, aims := t.number(given, FeedTRLTarget)
	if has && aims && target < now {
		out = append(out, Finding{t.at(FeedTRLTarget), "terms.trl", domain.Args{"trl": now}})
	}
	if by.BusinessNumber != "" && slices.Contains(t.Partners(given), by.BusinessNumber) {
		out = append(out, Finding{Field: t.at(FeedPartners), Key: "terms.own_partner"})
	}
	return out
}

// number is a number that a field feeds, false when it is not filled in.
func (t Terms) number(given []Answer, feed Feed) (int64, bool) {
	f, ok := t.Form.FedBy(feed)
	if !ok {
		return 0, false
	}
	return numberOf(AnswerTo(given, f.Key).Value)
}

// Partners are the business numbers of the organisations that take part beside the applicant.
func (t Terms) Partners(given []Answer) []string {
	f, ok := t.Form.FedBy(FeedPartners)
	column := slices.IndexFunc(f.Columns, func(c Column) bool { return c.Kind == BusinessNumber })
	if !ok || column < 0 {
		return nil
	}
	var out []string
	for _, row := range AnswerTo(given, f.Key).Rows {
		if column < len(row) && domain.ValidBusinessNumber(domain.Digits(row[column])) {
			out = append(out, domain.Digits(row[column]))
		}
	}
	return out
}

// Take puts what the fields feed into the application, which everything else reads there.
func (t Terms) Take(a Application, given []Answer) Application {
	f := t.ApplicationForm()
	text := func(feed Feed) string {
		x, _ := f.FedBy(feed)
		return AnswerTo(given, x.Key).Value
	}
	a.Answers = given
	a.Title, a.Summary, a.Plan = text(FeedTitle), text(FeedSummary), text(FeedPlan)
	a.Amount, _ = numberOf(text(FeedAmount))
	a.OwnMoney, _ = numberOf(text(FeedOwnMoney))
	return a
}

// Given are the answers of an application: its own, or of one to the standard form what it holds elsewhere.
func (a Application) Given() []Answer {
	if len(a.Answers) > 0 {
		return a.Answers
	}
	return StandardAnswers(a)
}

// StandardAnswers answers the standard form.
func StandardAnswers(a Application) []Answer {
	out := []Answer{}
	for _, x := range []Answer{
		{Field: "title", Value: a.Title}, {Field: "amount", Value: won(a.Amount)}, {Field: "own_money", Value: won(a.OwnMoney)},
		{Field: "summary", Value: a.Summary}, {Field: "plan", Value: a.Plan},
	} {
		if x.Value != "" {
			out = append(out, x)
		}
	}
	return out
}

func won(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
