package workflows

import (
	"slices"
	"strconv"
	"time"

	"secretariat/domain"
	"secretariat/domain/meeting"
	"secretariat/service"
	"secretariat/service/convening"
)

// DeadlinePublishLatest is when minutes that may be published are published without the secretary: noon of the last lawful day,
// so that half a day is left if it fails.
const DeadlinePublishLatest service.DeadlineName = "publish_latest"

// publishMargin is from DeadlinePublishLatest to the end of the last lawful day.
const publishMargin = 12 * time.Hour

// Standing is what a workflow learns of its case: identifiers, names, counts, and how long to wait by the wall.
type Standing struct {
	Committee domain.ID     `json:"committee"`
	Stage     service.Stage `json:"stage"`
	State     meeting.State `json:"state"`
	Minutes   domain.ID     `json:"minutes,omitempty"`
	Letters   int           `json:"letters,omitempty"`
	Mark      string        `json:"mark,omitempty"` // changes with whatever else a step of the case moves
	Waits     []Wait        `json:"waits,omitempty"`
	Hour      time.Duration `json:"hour"` // how long an hour of the services' clock lasts by the wall
}

// Wait is how long it is to a deadline by the wall, not positive when it has come.
type Wait struct {
	Name    service.DeadlineName `json:"name"`
	At      time.Time            `json:"at"` // by the services' clock; it names the occasion and is not waited for
	Subject domain.ID            `json:"subject,omitempty"`
	Left    time.Duration        `json:"left"`
}

// is reports whether both are the same deadline.
func (w Wait) is(o Wait) bool { return w.Name == o.Name && w.Subject == o.Subject && w.At.Equal(o.At) }

// standing tells a workflow what it needs of where its case stands.
func standing(s convening.Standing, pace Pace) Standing {
	out := Standing{
		Committee: s.Committee, Stage: s.Stage, State: s.State, Minutes: s.Minutes, Letters: s.Letters,
		Hour: pace.Wall(s.At.Add(time.Hour)),
	}
	for _, d := range s.Deadlines {
		out.add(d.Name, d.At, d.Subject, s.At, pace)
		if d.Name == convening.DeadlinePublish {
			out.add(DeadlinePublishLatest, d.At.Add(-publishMargin), d.Subject, s.At, pace)
		}
	}
	return out
}

// soon is the least that a deadline to come is away.
const soon = time.Millisecond

// add adds a deadline of a case that was looked at when the clock showed asOf. One that comes between the look and this moment is
// still ahead, since what it brings was not seen: taken for past, it would be waited for no more.
func (s *Standing) add(name service.DeadlineName, at time.Time, subject domain.ID, asOf time.Time, pace Pace) {
	left := pace.Wall(at)
	if at.After(asOf) {
		left = max(left, soon)
	}
	s.Waits = append(s.Waits, Wait{Name: name, At: at, Subject: subject, Left: left})
}

// ahead is how long it still is to a deadline so long after the look; zero for one that had come then. One that came since is waited
// for a moment, so that it is looked at.
func (w Wait) ahead(since time.Duration) time.Duration {
	if w.Left <= 0 {
		return 0
	}
	return max(w.Left-since, soon)
}

// same reports whether nothing that a step could have moved differs.
func (s Standing) same(o Standing) bool {
	if s.Stage != o.Stage || s.State != o.State || s.Minutes != o.Minutes || s.Letters != o.Letters || s.Mark != o.Mark ||
		len(s.Waits) != len(o.Waits) {
		return false
	}
	for i, w := range s.Waits {
		if !w.is(o.Waits[i]) {
			return false
		}
	}
	return true
}

// passed lists the deadlines that have come.
func (s Standing) passed() []Wait {
	return slices.DeleteFunc(slices.Clone(s.Waits), func(w Wait) bool { return w.Left > 0 })
}

// occasion tells one doing of a step from the next that is meant to have an effect of its own: papers are fixed again when the
// date was moved. It is empty for what is done once.
func (s Standing) occasion(step Step) string {
	for _, w := range s.Waits {
		if step == StepFreezePapers && w.Name == convening.DeadlinePapersFreeze {
			return strconv.FormatInt(w.At.Unix(), 10)
		}
	}
	return ""
}
