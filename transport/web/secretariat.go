package web

// secretariat adds what the staff and the chair do before a meeting: the board, planning, the agenda, the notice; and the
// registers.
func secretariat(*Site) {}
