package web

import (
	"slices"

	"secretariat/domain"
	"secretariat/domain/alliance"
	"secretariat/service"
	"secretariat/service/partnering"
	"secretariat/service/selecting"
	"secretariat/service/tasking"
)

// allianceShell adds the alliance's register: for the public, for its secretariat, and for the people of organisations.
func allianceShell(s *Site) {
	done("applied", "registered", "decided", "organisation_revised", "person_added", "person_uninvited", "person_changed", "assigned_division",
		"left_alliance", "division_added", "imported")
	s.page("/alliances", "alliances", s.alliances)
	s.page("/alliances/{alliance}", "alliance", s.alliance)
	s.page("/alliances/{alliance}/apply", "apply", s.alliance)
	s.page("/alliances/{alliance}/organisations", "organisations", s.organisations)
	s.page("/organisations", "mine", s.mine)
	s.page("/organisations/{organisation}", "organisation", s.organisation)
	act(s, "/alliances/{alliance}/divisions", s.set.AddDivision,
		func(_ *Visit, in partnering.AddDivisionInput, _ alliance.Division) string {
			return "/alliances/" + string(in.Alliance) + "?done=division_added"
		})
	act(s, "/alliances/{alliance}/apply", s.set.ApplyOrganisation,
		func(_ *Visit, in partnering.ApplyInput, _ partnering.Done) string {
			return "/alliances/" + string(in.Alliance) + "?done=applied"
		})
	act(s, "/alliances/{alliance}/organisations", s.set.RegisterOrganisation,
		func(_ *Visit, _ partnering.ApplyInput, out alliance.Organisation) string {
			return organisationPath(out.ID, "registered")
		})
	actWith(s, "/alliances/{alliance}/organisations/import", s.set.ImportOrganisations, importTable,
		func(_ *Visit, in partnering.ImportInput, _ partnering.Imported) string {
			return "/alliances/" + string(in.Alliance) + "/organisations?done=imported"
		})
	organisationForms(s)
}

func organisationForms(s *Site) {
	act(s, "/organisations/{organisation}/decide", s.set.DecideOrganisation,
		func(_ *Visit, in partnering.DecideInput, _ alliance.Organisation) string {
			return organisationPath(in.Organisation, "decided")
		})
	act(s, "/organisations/{organisation}", s.set.ReviseOrganisation,
		func(_ *Visit, in partnering.ReviseOrganisationInput, _ alliance.Organisation) string {
			return organisationPath(in.Organisation, "organisation_revised")
		})
	act(s, "/organisations/{organisation}/leave", s.set.LeaveOrganisation, left)
	act(s, "/organisations/{organisation}/divisions", s.set.AssignDivision,
		func(_ *Visit, in partnering.AssignInput, _ partnering.Done) string {
			return organisationPath(in.Organisation, "assigned_division")
		})
	act(s, "/organisations/{organisation}/people", s.set.AddPerson,
		func(_ *Visit, in partnering.AddPersonInput, _ partnering.Done) string {
			return organisationPath(in.Organisation, "person_added")
		})
	act(s, "/organisations/{organisation}/people/{account}/uninvite", s.set.UninvitePerson,
		func(_ *Visit, in partnering.UninviteInput, _ partnering.Done) string {
			return organisationPath(in.Organisation, "person_uninvited")
		})
	act(s, "/organisations/{organisation}/people/{account}", s.set.ChangePerson,
		func(v *Visit, in partnering.ChangePersonInput, _ partnering.Done) string {
			if in.Remove && in.Account == v.Actor.ID {
				return "/organisations?done=person_changed"
			}
			return organisationPath(in.Organisation, "person_changed")
		})
}

// left leads its secretariat back to the organisation, and its people, who see it no longer, to theirs.
func left(v *Visit, in partnering.LeaveInput, _ alliance.Organisation) string {
	if _, works := v.Actor.Works(in.Organisation); works {
		return "/organisations?done=left_alliance"
	}
	return organisationPath(in.Organisation, "left_alliance")
}

func organisationPath(id domain.ID, done string) string {
	return "/organisations/" + string(id) + "?done=" + done
}

func (s *Site) alliances(v *Visit) (any, error) {
	return s.set.ListAlliances.Call(v.ctx(), partnering.ListInput{After: v.query("after")})
}

func (s *Site) alliance(v *Visit) (any, error) {
	return s.set.ShowAlliance.Call(v.ctx(), partnering.ShowInput{Alliance: v.id("alliance")})
}

// organisationsPage is the register of an alliance's organisations.
type organisationsPage struct {
	service.Page[alliance.Organisation]
	A     partnering.View
	State string
}

func (s *Site) organisations(v *Visit) (any, error) {
	v.importProblems()
	p := organisationsPage{State: v.query("state")}
	var err error
	p.Page, err = s.set.ListOrganisations.Call(v.ctx(), partnering.OrganisationsInput{
		Alliance: v.id("alliance"), State: alliance.State(p.State), After: domain.ID(v.query("after")),
	})
	if err != nil {
		return nil, err
	}
	p.A, err = s.set.ShowAlliance.Call(v.ctx(), partnering.ShowInput{Alliance: v.id("alliance")})
	return p, err
}

// minePage is what waits for somebody who acts for organisations.
type minePage struct {
	Organisations []alliance.Organisation
	Waits         []mineRow
	Applications  []selecting.Own
	Tasks         []tasking.Row
	Agreements    []selecting.AgreementView
}

func (s *Site) mine(v *Visit) (any, error) {
	out, err := s.set.MyOrganisations.Call(v.ctx(), partnering.MineInput{})
	if err != nil {
		return nil, err
	}
	waits, err := s.waiting(v)
	if err != nil {
		return nil, err
	}
	rounds, err := s.waitingSurveys(v)
	if err != nil {
		return nil, err
	}
	waits = append(waits, rounds...)
	owed, agreed, err := s.agreementWaits(v)
	if err != nil {
		return nil, err
	}
	waits = append(waits, owed...)
	slices.SortStableFunc(waits, func(a, b mineRow) int { return a.Due.Compare(b.Due) })
	own, err := s.set.MyApplications.Call(v.ctx(), selecting.MineInput{})
	if err != nil {
		return nil, err
	}
	for _, x := range own.Items {
		if of := x.Supplement; of != nil {
			title := v.T("web.mine.supplement", "title", x.Call.Title)
			waits = append(waits, mineRow{Title: title, Path: "/applications/" + string(of.Application) + "/supplement", Act: "web.supplement", Due: of.Due})
		}
	}
	tasks, more, err := s.mineTasks(v)
	return minePage{out.Organisations, append(waits, more...), own.Items, tasks, agreed}, err
}

// organisationPage is one organisation with what its reader may do.
type organisationPage struct {
	partnering.OrganisationView
}

func (s *Site) organisation(v *Visit) (any, error) {
	out, err := s.set.ShowOrganisation.Call(v.ctx(), partnering.ShowOrganisationInput{Organisation: v.id("organisation")})
	return organisationPage{out}, err
}

// Post is what the organisation is in a division, empty where it has no place.
func (p organisationPage) Post(of alliance.Division) string {
	for _, place := range p.Places {
		switch {
		case place.Division != of.ID:
		case place.Sherpa:
			return partnering.PostSherpa
		default:
			return partnering.PostMember
		}
	}
	return ""
}

// Posted are the divisions in which the organisation has a place.
func (p organisationPage) Posted() []alliance.Division {
	return slices.DeleteFunc(slices.Clone(p.Divisions), func(d alliance.Division) bool { return p.Post(d) == "" })
}

// Choices are the divisions as choices of a form.
func (p organisationPage) Choices() []Option {
	out := make([]Option, len(p.Divisions))
	for i, d := range p.Divisions {
		out[i] = Option{string(d.ID), d.Name}
	}
	return out
}

// Posts are what an organisation can be in a division.
func (organisationPage) Posts(v *Visit) []Option {
	var out []Option
	for _, post := range []string{partnering.PostMember, partnering.PostSherpa, partnering.PostNone} {
		out = append(out, Option{post, v.T("web.organisation.post." + post)})
	}
	return out
}

// Partner reports whether the visitor acts for an organisation.
func (v *Visit) Partner() bool { return len(v.Actor.Partners) > 0 }

// OwnMay reports whether the visitor may do an operation on an organisation of an alliance.
func (v *Visit) OwnMay(op string, of alliance.Alliance, organisation domain.ID) bool {
	return v.may(op, of.Committee, organisation)
}

// Number writes a business number as it is written: 124-81-00998.
func (v *Visit) Number(digits string) string {
	if len(digits) != 10 {
		return digits
	}
	return digits[:3] + "-" + digits[3:5] + "-" + digits[5:]
}

// Tagged are tags of which some are chosen.
func (v *Visit) Tagged(form, field string, known, chosen []string) []TagChoice {
	if v.sent != nil && v.form == form {
		chosen = v.sent[field]
	}
	out := make([]TagChoice, len(known))
	for i, tag := range known {
		out[i].Word = tag
		for _, c := range chosen {
			out[i].Chosen = out[i].Chosen || c == tag
		}
	}
	return out
}

// TagChoice is one tag of a list.
type TagChoice struct {
	Word   string
	Chosen bool
}

// NoOrganisation is the entry of an organisation that is not there yet.
func (v *Visit) NoOrganisation() alliance.Organisation { return alliance.Organisation{} }

// Words are texts as choices of a form.
func (v *Visit) Words(texts []string) []Option {
	out := make([]Option, len(texts))
	for i, t := range texts {
		out[i] = Option{t, t}
	}
	return out
}
