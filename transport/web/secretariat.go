package web

// secretariat adds what the staff and the chair do: schedule, convene, run the session, write and publish minutes.
func secretariat(*Site) {}
