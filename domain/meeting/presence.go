package meeting

import (
	"slices"
	"time"

	"secretariat/domain"
	"secretariat/domain/policy"
)

// How a member takes part.
const (
	ViaRoom   = "room"
	ViaRemote = "remote"
	ViaProxy  = "proxy"
)

// PresenceRule says which ways of taking part count as presence (출석).
type PresenceRule struct {
	Remote bool // 화상회의, 위원회규칙 4①
	Proxy  bool // an official who stands in for an ex-officio member and may vote
}

// PresenceRuleOf takes the rule from the frozen policy. A proxy who may only speak does not make the member present.
func PresenceRuleOf(r policy.Rules) PresenceRule {
	return PresenceRule{Remote: policy.RemotePresent.Of(r), Proxy: policy.ProxyExOfficio.Of(r) == policy.ProxyVote}
}

// Counts reports whether a stay makes the member present.
func (r PresenceRule) Counts(p Presence) bool {
	switch p.Via {
	case ViaRemote:
		return r.Remote
	case ViaProxy:
		return r.Proxy
	}
	return p.Via == ViaRoom
}

// Now lists the members whose stay is open, sorted.
func (r PresenceRule) Now(log []Presence) []domain.ID {
	return r.members(log, func(p Presence) bool { return p.OutAt == nil })
}

// At lists the members who were present at an instant, sorted. A stay includes its first instant and not its last.
func (r PresenceRule) At(log []Presence, t time.Time) []domain.ID {
	return r.members(log, func(p Presence) bool { return !p.InAt.After(t) && (p.OutAt == nil || p.OutAt.After(t)) })
}

// During lists the members who were present for at least a part of [from, until), sorted.
func (r PresenceRule) During(log []Presence, from, until time.Time) []domain.ID {
	return r.members(log, func(p Presence) bool { return p.InAt.Before(until) && (p.OutAt == nil || p.OutAt.After(from)) })
}

func (r PresenceRule) members(log []Presence, fits func(Presence) bool) []domain.ID {
	out := []domain.ID{}
	for _, p := range log {
		if r.Counts(p) && fits(p) {
			out = append(out, p.Member)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// AttendanceOf is the presence at one item: from its tabling to its decision, or to now while it is open. Nobody is
// present at an item that was not tabled.
func (r PresenceRule) AttendanceOf(i Item, log []Presence, now time.Time) []domain.ID {
	if i.TabledAt == nil {
		return []domain.ID{}
	}
	if i.DecidedAt != nil {
		now = *i.DecidedAt
	}
	return r.During(log, *i.TabledAt, now)
}

// MayEnter says why a member may not be recorded as present in this way now: CodeConflict outside the time of a
// meeting, CodeRefused for a way that the mode of the meeting does not know (위원회규칙 4①).
func (m Meeting) MayEnter(via string) error {
	if m.State != Convened && m.State != Open && m.State != Suspended {
		return domain.Conflict("meeting.not_gathering", nil)
	}
	ways := map[Mode][]string{
		InPerson: {ViaRoom, ViaProxy}, Remote: {ViaRemote, ViaProxy}, Mixed: {ViaRoom, ViaRemote, ViaProxy},
	}
	if !slices.Contains(ways[m.Mode], via) {
		return domain.Refused("presence.wrong_way", "위원회규칙 4①", nil)
	}
	return nil
}
