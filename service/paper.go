package service

import "secretariat/domain"

// Paper is a document that one area of the system brings to an agenda item of another.
type Paper struct {
	Item     domain.ID
	Number   int // of the paper of which it is a new revision; 0 for a new one
	Title    string
	FileName string
	Reason   string // required once the papers of the meeting are fixed
	Data     []byte
}
