package web

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/service/auditing"
)

// auditPage is a part of the audit trail with its filters.
type auditPage struct {
	In         auditing.ListInput
	Entries    []auditing.Entry
	Committees []Option
	Operations []Option
	Kinds      []Option
	Next       string // address of the entries that follow
	Later      bool   // these are not the newest
	First      string // address of the newest
}

const auditRows = 50

func (s *Site) audit(v *Visit) (any, error) {
	in := auditing.ListInput{
		Committee: domain.ID(v.query("committee")), Operation: v.query("operation"), Kind: v.query("kind"),
		Subject: domain.ID(strings.TrimSpace(v.query("subject"))), From: calendar.Date(v.query("from")),
		Until: calendar.Date(v.query("until")), Before: domain.ID(v.query("before")), Limit: auditRows,
	}
	found, err := s.set.ListAudit.Call(v.ctx(), in)
	if err != nil {
		return nil, err
	}
	all, err := s.portalCommittees(v)
	p := auditPage{In: in, Entries: found.Items, Operations: auditOperations(v), Kinds: v.Options("subject_kind")}
	for _, c := range all {
		p.Committees = append(p.Committees, Option{string(c.ID), c.Name})
	}
	p.Later, p.First = in.Before != "", auditAddress(in, "")
	if found.Next != "" {
		p.Next = auditAddress(in, found.Next)
	}
	return p, err
}

// auditAddress is the page with the same filters, further on.
func auditAddress(in auditing.ListInput, before string) string {
	q := url.Values{}
	for name, value := range map[string]string{
		"committee": string(in.Committee), "operation": in.Operation, "kind": in.Kind, "subject": string(in.Subject),
		"from": string(in.From), "until": string(in.Until), "before": before,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return "/audit"
	}
	return "/audit?" + q.Encode()
}

// reading are the verbs of operations that leave no entry.
var reading = []string{
	"list", "show", "check", "read", "watch", "course", "quorum", "search", "stand", "person", "foresee", "history",
	"candidates", "published", "bundle",
}

// auditOperations are the operations that leave entries, in the order of their words.
func auditOperations(v *Visit) []Option {
	var out []Option
	for _, op := range access.Actions() {
		if _, verb, _ := strings.Cut(op, "."); !slices.Contains(reading, verb) {
			out = append(out, Option{op, v.Label("operation", op)})
		}
	}
	slices.SortFunc(out, func(a, b Option) int { return strings.Compare(a.Word, b.Word) })
	return out
}

// auditPlaces are the pages of the things that entries are about.
var auditPlaces = map[string]string{
	"meeting": "/meetings/", "committee": "/committees/", "decision": "/decisions/", "ballot": "/ballots/",
}

// AuditPlace is the page of what an entry is about, empty when it has none. Administrators see the trail, and of the
// committees' work no more than everybody.
func (v *Visit) AuditPlace(e auditing.Entry) string {
	if e.Kind == "seat" && e.Case != "" {
		return "/committees/" + string(e.Case) + "/seats/" + string(e.Subject)
	}
	if at := auditPlaces[e.Kind]; at != "" && e.Subject != "" && (v.Actor.Auditor || e.Kind == "committee") {
		return at + string(e.Subject)
	}
	return ""
}

// AuditActor names who acted: a person by name, a process as one.
func (v *Visit) AuditActor(e auditing.Entry) string {
	switch {
	case e.ActorName != "":
		return e.ActorName
	case e.ActorKind == domain.ActorSystem:
		return v.T("web.registers.audit.system", "name", strings.TrimPrefix(string(e.Actor), "system:"))
	case e.ActorKind == domain.ActorPublic:
		return v.T("web.registers.audit.public")
	}
	return string(e.Actor)
}

// AuditFacts are the facts of an entry, a name and a value each, in the order of their names.
func (v *Visit) AuditFacts(e auditing.Entry) []Option {
	var out []Option
	for _, name := range slices.Sorted(maps.Keys(e.Facts)) {
		out = append(out, Option{name, e.Facts[name]})
	}
	return out
}
