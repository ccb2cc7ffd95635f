package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"secretariat/domain/meeting"
	"secretariat/service/convening"
	"secretariat/service/presiding"
)

// undoFor is how long a page offers to take back what was just done. Whether it still can be is for the use case to say.
const undoFor = time.Hour

// undoField is what an address carries the offer in, sealed, so that no link can make a page offer another act.
const undoField = "undo"

// undoing is the act that takes back the one before, as the form of it. It is an act of its own, with its own rule, checks and
// audit entry.
type undoing struct {
	Action string     `json:"action"`
	Fields [][]string `json:"fields"` // name and value
	Who    string     `json:"who"`
	Until  time.Time  `json:"until"`
}

// Undo is an act that a page offers to take back what was just done.
type Undo struct {
	Action string
	Fields []Option
}

// undoable adds to the address of the page that follows an act the offer to take it back. pairs are names and values.
func (v *Visit) undoable(to, action string, pairs ...string) string {
	u, err := url.Parse(to)
	if err != nil {
		return to
	}
	sealed, err := v.site.seal.closeFor(undoField, undoing{
		Action: action, Fields: slices.Collect(slices.Chunk(pairs, 2)), Who: v.Who(), Until: v.Now().Add(undoFor),
	})
	if err != nil {
		return to
	}
	q := u.Query()
	q.Set(undoField, sealed)
	u.RawQuery = q.Encode()
	return u.String()
}

// Undo is the offer to take back what was just done, nil when there is none or it is somebody else's.
func (v *Visit) Undo() *Undo {
	var u undoing
	sealed := v.query(undoField)
	if sealed == "" || v.Done() == "" || v.site.seal.openFor(undoField, sealed, &u) != nil {
		return nil
	}
	if u.Who != v.Who() || v.Now().After(u.Until) || !strings.HasPrefix(local(u.Action), "/") {
		return nil
	}
	out := &Undo{Action: u.Action}
	for _, f := range u.Fields {
		if len(f) == 2 {
			out.Fields = append(out.Fields, Option{f[0], f[1]})
		}
	}
	return out
}

// comparable reports whether a form that was overtaken has two versions to show side by side: neither a file has, nor the
// offer to take something back.
func comparable(r *http.Request) bool { return !uploads(r) && r.PostForm.Get(formField) != undoField }

// undoForms adds the acts that take back others, beside those that are acts of their own anyway.
func undoForms(s *Site) {
	done("undone", "span_removed")
	act(s, "/items/{item}/restore", s.set.RestoreItem, after[convening.RestoreItemInput, meeting.Item]("undone"))
	act(s, "/items/{item}/move", s.set.MoveItem, movedItem)
	act(s, "/items/{item}/withdraw", s.set.WithdrawItem, withdrawnItem)
	act(s, "/dates/{date}/withdraw", s.set.WithdrawDate,
		func(v *Visit, in convening.DateInput, _ meeting.Candidate) string {
			return v.undoable(back(v, "")+"?done=date_withdrawn", "/dates/"+string(in.Date)+"/restore")
		})
	act(s, "/dates/{date}/restore", s.set.RestoreDate, after[convening.DateInput, meeting.Candidate]("undone"))
	inPlace := func(v *Visit, _ presiding.StayInput, _ presiding.Act) string { return inHouse(v, "undone") }
	act(s, "/presences/{presence}/void", s.set.VoidPresence, inPlace)
	act(s, "/presences/{presence}/reopen", s.set.ReopenPresence, inPlace)
	act(s, "/calendar", s.set.AddSpan, func(v *Visit, _ convening.AddSpanInput, out meeting.Span) string {
		return v.undoable("/calendar?done=span_added", "/calendar/"+string(out.ID)+"/remove")
	})
	act(s, "/calendar/{span}/remove", s.set.RemoveSpan,
		func(v *Visit, _ convening.SpanInput, out meeting.Span) string {
			return v.undoable(back(v, "")+"?done=span_removed", "/calendar", "kind", string(out.Kind), "from", string(out.From),
				"until", string(out.Until), "name", out.Name)
		})
}

func movedItem(v *Visit, in convening.MoveItemInput, out convening.Moved) string {
	switch to := back(v, ""); {
	case in.Undoes:
		return to + "?done=undone"
	case out.Noticed || out.From == out.To:
		return to + "?done=item_moved"
	default:
		return v.undoable(to+"?done=item_moved", "/items/"+string(in.Item)+"/move",
			"undoes", "true", "position", strconv.Itoa(out.From), "was", strconv.Itoa(out.To))
	}
}

// withdrawnItem offers to put an item back that has no number yet: numbers are given with the notice.
func withdrawnItem(v *Visit, _ convening.WithdrawItemInput, out meeting.Item) string {
	to := back(v, "") + "?done=item_withdrawn"
	if out.Number != "" {
		return to
	}
	return v.undoable(to, "/items/"+string(out.ID)+"/restore", "version", strconv.Itoa(out.Version))
}

func presencePath(of presiding.Act, undo string) string {
	return "/presences/" + string(of.ID) + "/" + undo
}

// cameOrLeft stays where the clerk is checking members in, and offers there to take the last one back.
func cameOrLeft(v *Visit, done string, out presiding.Act, undo string) string {
	return v.undoable(inHouse(v, done), presencePath(out, undo))
}

// houseField says that what was done is told among the members of the console rather than on top of the page.
const houseField = "house"

// inHouse leads back to the page of the form: on the console, to its members.
func inHouse(v *Visit, done string) string {
	to := back(v, "")
	if !strings.HasSuffix(to, "/console") {
		return to + "?done=" + done
	}
	return to + "?" + url.Values{"done": {done}, "in": {houseField}}.Encode() + "#" + houseField
}

// DoneHere reports whether a part of the page tells what was done, instead of its top.
func (v *Visit) DoneHere() bool {
	return v.query("in") == houseField && strings.HasSuffix(v.r.URL.Path, "/console")
}
