package web

// session adds what the staff and the chair do at a meeting and after it: the console, the projector, the minutes.
func session(*Site) {}
