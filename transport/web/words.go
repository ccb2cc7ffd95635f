package web

import (
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"time"

	"secretariat/domain"
	"secretariat/domain/access"
	"secretariat/domain/calendar"
	"secretariat/domain/meeting"
	"secretariat/service/convening"
)

// T is the text of a message key in the visitor's language; arguments come in pairs of name and value.
func (v *Visit) T(key string, pairs ...any) string {
	args := domain.Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return dots(v.site.messages.Render(v.Lang, key, args))
}

// Say is a message whose arguments come from a rule.
func (v *Visit) Say(key string, args domain.Args) string {
	return dots(v.site.messages.Render(v.Lang, key, args))
}

// Label is the word for a code of a list; nothing for no code.
func (v *Visit) Label(list string, code any) string {
	if word := fmt.Sprint(code); word != "" {
		return dots(v.site.messages.Label(v.Lang, list, word))
	}
	return ""
}

// Codes lists the codes of a list that have a word.
func (v *Visit) Codes(list string) []string { return v.site.messages.Codes(list) }

// When writes an instant as official documents do.
func (v *Visit) When(t any) string {
	switch at := t.(type) {
	case time.Time:
		if !at.IsZero() {
			return calendar.Korean(at)
		}
	case *time.Time:
		if at != nil {
			return calendar.Korean(*at)
		}
	}
	return ""
}

// Clock writes the time of day.
func (v *Visit) Clock(t time.Time) string { return t.In(calendar.Seoul).Format("15:04") }

// Day writes a civil date as official documents do.
func (v *Visit) Day(d calendar.Date) string {
	if d == "" {
		return ""
	}
	return d.Korean()
}

// DayOf writes the civil date of an instant.
func (v *Visit) DayOf(t time.Time) string { return calendar.DateOf(t).Korean() }

// Local writes an instant as a form field of date and time wants it, in Seoul time.
func (v *Visit) Local(t any) string {
	switch at := t.(type) {
	case time.Time:
		if !at.IsZero() {
			return at.In(calendar.Seoul).Format(localTime)
		}
	case *time.Time:
		if at != nil {
			return at.In(calendar.Seoul).Format(localTime)
		}
	}
	return ""
}

// localTime is the form of <input type="datetime-local">.
const localTime = "2006-01-02T15:04"

// Today is the civil date of the services' clock.
func (v *Visit) Today() calendar.Date { return calendar.DateOf(v.site.now()) }

// Now is the instant of the services' clock.
func (v *Visit) Now() time.Time { return v.site.now() }

// Left says how many days are left until an instant: 오늘, 3일 남음, 2일 지남.
func (v *Visit) Left(t time.Time) string {
	switch n := v.Today().DaysUntil(calendar.DateOf(t)); {
	case n == 0:
		return v.T("web.left.today")
	case n > 0:
		return v.T("web.left.days", "days", n)
	default:
		return v.T("web.left.over", "days", -n)
	}
}

// Key is a fresh idempotency key for a form: sent twice, it acts once.
func (v *Visit) Key() string { return rand.Text() }

// In reports whether the page is, or lies below, a place that the menu leads to.
func (v *Visit) In(place string) bool {
	path, _, _ := strings.Cut(v.Path(), "?")
	return path == place || place != "/" && strings.HasPrefix(path, place+"/")
}

// Path is the address of the page, with its query.
func (v *Visit) Path() string {
	if origin, ok := v.r.Context().Value(fromKey{}).(string); ok {
		return origin
	}
	return v.r.URL.RequestURI()
}

// With is the address of the page in another language.
func (v *Visit) With(lang string) string {
	u, err := url.Parse(v.Path())
	if err != nil {
		return "/"
	}
	q := u.Query()
	q.Set("lang", lang)
	u.RawQuery = q.Encode()
	return u.String()
}

// SignedIn reports whether somebody is signed in.
func (v *Visit) SignedIn() bool { return v.Actor.Kind == domain.ActorPerson }

// Staff reports whether the visitor serves any committee as secretary or clerk.
func (v *Visit) Staff() bool { return len(v.Actor.Staff) > 0 }

// Sits reports whether the visitor sits in any committee.
func (v *Visit) Sits() bool { return len(v.Actor.Seats) > 0 }

// Serves reports whether the visitor is secretary or clerk of a committee.
func (v *Visit) Serves(committee domain.ID) bool { return v.Actor.Serves(committee) }

// May reports whether the policy lets the visitor do an operation in a committee, on the visitor's own behalf where it
// is about a member; the use case asks again.
func (v *Visit) May(op string, committee domain.ID) bool {
	return v.may(op, committee, "")
}

func (v *Visit) may(op string, committee, organisation domain.ID) bool {
	_, seated := v.Actor.Seat(committee)
	f := access.Facts{Committee: committee, Organisation: organisation, Self: seated}
	return access.Can(v.Actor, op, f).Allowed
}

// Done is the message that a form which went through left behind.
func (v *Visit) Done() string {
	if key := v.query("done"); v.Problem == nil && doneKeys[key] {
		return v.T("web.done." + key)
	}
	return ""
}

// Field is the id of a field of the refused form, for the links of the error summary.
func (v *Visit) Field(name string) string { return v.form + "-" + name }

// Option is one choice of a list.
type Option struct{ Value, Word string }

// Options are the codes of a list with their words.
func (v *Visit) Options(list string, codes ...string) []Option {
	if len(codes) == 0 {
		codes = v.Codes(list)
	}
	out := make([]Option, len(codes))
	for i, code := range codes {
		out[i] = Option{code, v.Label(list, code)}
	}
	return out
}

// Lines writes texts one a line, as a form field for several takes them.
func (v *Visit) Lines(texts []string) string { return strings.Join(texts, "\n") }

// NoMeeting is what the form of a new meeting begins with, NoItem that of a new item.
func (v *Visit) NoMeeting() convening.View { return convening.View{} }

// NoItem is what the form of a new item begins with.
func (v *Visit) NoItem() *meeting.Item { return &meeting.Item{} }

// dots writes the point between words narrow: what official Korean types (U+318D) is as wide as a syllable in the fonts of
// the pages. What people write is shown as they wrote it.
func dots(s string) string { return strings.ReplaceAll(s, "\u318d", "\u00b7") }
