package web

import (
	"fmt"
	"net/http"
	"time"

	"secretariat/domain"
	"secretariat/service/presiding"
	"secretariat/transport/edge"
)

// Times of the stream that tells a page of a meeting that something happened.
const (
	liveEvery = 300 * time.Millisecond // between two looks
	liveBeat  = 15 * time.Second       // between two signs of life, for the proxies on the way
	liveLong  = 10 * time.Minute       // then the browser comes again, and is asked again who it is
	liveWrite = 10 * time.Second       // for a reader to take an event
)

// live adds the stream of server-sent events beside the pages of a meeting under way: "changed" whenever an act has
// been committed, with nothing else in it. The page then asks for itself again, and so for what its reader may see.
func live(s *Site) {
	s.mux.HandleFunc("GET /meetings/{meeting}/events", func(w http.ResponseWriter, r *http.Request) {
		v := visitOf(r)
		now, err := s.mark(v)
		if err != nil {
			s.fail(v, w, err)
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("X-Accel-Buffering", "no")
		out := stream{w, http.NewResponseController(w)}
		if out.say("event: begun\ndata: %d\n\n", now) == nil {
			s.follow(v, out, now)
		}
	})
}

func (s *Site) mark(v *Visit) (int, error) {
	out, err := s.set.WatchMeeting.Call(v.ctx(), presiding.MeetingInput{Meeting: domain.ID(v.r.PathValue("meeting"))})
	return out.Mark, err
}

// follow says what changes until the reader leaves, the stream has lasted long or the server stops.
func (s *Site) follow(v *Visit, out stream, seen int) {
	look, beat, long := time.NewTicker(liveEvery), time.NewTicker(liveBeat), time.NewTimer(liveLong)
	defer look.Stop()
	defer beat.Stop()
	defer long.Stop()
	for {
		var err error
		select {
		case <-v.ctx().Done():
			return
		case <-edge.Closing(v.ctx()):
			return
		case <-long.C:
			return
		case <-beat.C:
			err = out.say(": here\n\n")
		case <-look.C:
			var now int
			if now, err = s.mark(v); err == nil && now != seen {
				seen, err = now, out.say("event: changed\ndata: %d\n\n", now)
			}
		}
		if err != nil {
			return
		}
	}
}

// stream is a response that is sent piece by piece.
type stream struct {
	w http.ResponseWriter
	c *http.ResponseController
}

func (x stream) say(format string, args ...any) error {
	if err := x.c.SetWriteDeadline(time.Now().Add(liveWrite)); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(x.w, format, args...); err != nil {
		return err
	}
	return x.c.Flush()
}
