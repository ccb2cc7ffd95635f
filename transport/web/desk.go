package web

// desk adds what members do: answer, declare, attend, vote, sign.
func desk(*Site) {}
