package web

import (
	"secretariat/domain/meeting"
	"secretariat/service/convening"
	"secretariat/service/sweeping"
)

// secretariat adds what the staff and the chair do before a meeting: the board, planning, the agenda, the notice.
func secretariat(s *Site) {
	done("planned", "revised_plan", "item_added", "item_revised", "item_moved", "item_withdrawn", "paper_added",
		"convened", "cancelled", "resolved")
	s.page("/board", "board", s.board)
	s.page("/committees/{committee}/plan", "plan", s.plan)
	s.page("/meetings/{meeting}/prepare", "prepare", s.prepare)
	s.page("/items/{item}/edit", "item", s.editItem)
	act(s, "/committees/{committee}/plan", s.set.PlanMeeting,
		func(_ *Visit, _ convening.PlanInput, out meeting.Meeting) string {
			return "/meetings/" + string(out.ID) + "/prepare?done=planned"
		})
	act(s, "/meetings/{meeting}/plan", s.set.ReviseMeeting, after[convening.ReviseInput, meeting.Meeting]("revised_plan"))
	act(s, "/meetings/{meeting}/items", s.set.AddItem, after[convening.AddItemInput, meeting.Item]("item_added"))
	act(s, "/items/{item}/edit", s.set.ReviseItem, after[convening.ReviseItemInput, meeting.Item]("item_revised"))
	act(s, "/meetings/{meeting}/convene", s.set.Convene, after[convening.ConveneInput, convening.Convened]("convened"))
	act(s, "/meetings/{meeting}/cancel", s.set.CancelMeeting, after[convening.CancelInput, meeting.Meeting]("cancelled"))
	act(s, "/incidents/{incident}/resolve", s.set.ResolveIncident,
		after[sweeping.ResolveInput, sweeping.Incident]("resolved"))
	s.paperForm()
	datePages(s)
	owingForms(s)
	undoForms(s)
}

// after leads back to the page of the form with a message.
func after[Req, Resp any](key string) func(*Visit, Req, Resp) string {
	return func(v *Visit, _ Req, _ Resp) string { return back(v, "") + "?done=" + key }
}
