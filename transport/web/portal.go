package web

// portal adds the pages that everybody may read.
func portal(s *Site) {
	s.page("/help", "help", func(*Visit) (any, error) { return helpTopics, nil })
}

// helpTopics are the rules that the help page explains, as web.help.<topic>.
var helpTopics = []string{"quorum", "notice", "recusal", "vote", "minutes"}
