package domain

// ID identifies a row. Ordinary ids are UUIDv7; the id of a secret vote is random (see docs/adr).
type ID string

// ActorKind says what sort of actor acts.
type ActorKind string

// The kinds of actors.
const (
	ActorPublic ActorKind = "public" // nobody signed in
	ActorPerson ActorKind = "person" // an account
	ActorSystem ActorKind = "system" // a workflow or a command, by name
)

// Seat is a place in a committee that the actor holds now.
type Seat struct {
	Committee ID
	Member    ID // the appointment through which the actor sits
	Chair     bool
	ViceChair bool
}

// Staff is an assignment as 간사 (secretary) or 서기 (clerk) of a committee.
type Staff struct {
	Committee ID
	Clerk     bool // 서기; otherwise 간사
}

// Partner is a place in an organisation of the alliance (회원사) that the actor holds now.
type Partner struct {
	Organisation ID
	Submits      bool // may submit in its name what others of it have drafted
	Manages      bool // may change its entry and its people
}

// Actor is who acts: a person with the seats and assignments held at this moment, the public, or a named process. It is put
// together once a request, by the identity service.
type Actor struct {
	ID       ID // account id; for the system its name
	Kind     ActorKind
	Admin    bool // may create committees and accounts
	Auditor  bool // may read everything, including the audit trail, and change nothing
	Held     bool // rights that need a second factor are kept back until it is given
	Seats    []Seat
	Staff    []Staff
	Partners []Partner
}

// System is the actor of a process, e.g. System("deliberation").
func System(name string) Actor { return Actor{ID: ID("system:" + name), Kind: ActorSystem} }

// Public is the actor of a reader who is not signed in.
func Public() Actor { return Actor{ID: "public", Kind: ActorPublic} }

// Seat returns the actor's seat in a committee.
func (a Actor) Seat(committee ID) (Seat, bool) {
	for _, s := range a.Seats {
		if s.Committee == committee {
			return s, true
		}
	}
	return Seat{}, false
}

// Member returns the appointment through which the actor sits in the committee, empty when there is none.
func (a Actor) Member(committee ID) ID {
	s, _ := a.Seat(committee)
	return s.Member
}

// Works returns the actor's place in an organisation.
func (a Actor) Works(organisation ID) (Partner, bool) {
	for _, p := range a.Partners {
		if p.Organisation == organisation {
			return p, organisation != ""
		}
	}
	return Partner{}, false
}

// Serves reports whether the actor is secretary or clerk of the committee.
func (a Actor) Serves(committee ID) bool {
	for _, s := range a.Staff {
		if s.Committee == committee {
			return true
		}
	}
	return false
}
