package selection

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"secretariat/domain"
)

// Filing is what was submitted once (제출본): it is never changed, and a later one takes its place.
type Filing struct {
	Application domain.ID `json:"application"`
	Number      int       `json:"number"` // of the same application, from 1
	SubmittedAt time.Time `json:"submittedAt"`
	SubmittedBy domain.ID `json:"submittedBy"`
	Form        string    `json:"form"` // hash of the form that was answered
	Answers     []Answer  `json:"answers"`
	Files       []FileRef `json:"files"`
	Supplement  domain.ID `json:"supplement,omitempty"` // the request that it answers
	Hash        string    `json:"hash"`
}

// FileRef names the file of a field.
type FileRef struct {
	Field  string `json:"field"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Seal gives a submission its hash: the SHA-256 of the JSON of everything else, whose fields have one order.
func (s Filing) Seal() Filing {
	s.Hash, s.SubmittedAt = "", s.SubmittedAt.UTC()
	raw, err := json.Marshal(s)
	if err != nil { // a submission has nothing that JSON cannot write
		return s
	}
	sum := sha256.Sum256(raw)
	s.Hash = hex.EncodeToString(sum[:])
	return s
}

// Whole reports whether a filing is as it was sealed.
func (s Filing) Whole() bool { return s.Hash != "" && s.Seal().Hash == s.Hash }

// Refs name the files of an application in a submission, as they came.
func Refs(all []Attachment) []FileRef {
	out := []FileRef{}
	for _, a := range all {
		out = append(out, FileRef{a.Field, a.Name, a.Size, a.SHA256})
	}
	return out
}

// Current are the files that were not taken off.
func Current(all []Attachment) []Attachment {
	return slices.DeleteFunc(slices.Clone(all), func(a Attachment) bool { return a.Removed })
}

// Filed are the files that something was submitted with, each once.
func Filed(refs []FileRef, all []Attachment) []Attachment {
	out := []Attachment{}
	for _, r := range refs {
		i := slices.IndexFunc(all, func(a Attachment) bool {
			return a.Field == r.Field && a.Name == r.Name && a.SHA256 == r.SHA256 && !slices.Contains(out, a)
		})
		if i >= 0 {
			out = append(out, all[i])
		}
	}
	return out
}

// CountFiles counts the files of each field.
func CountFiles(all []Attachment) map[string]int {
	out := map[string]int{}
	for _, a := range all {
		out[a.Field]++
	}
	return out
}

// Attached are the files of the fields that are there with the answers of an application; those of others do not belong to it.
func (f Form) Attached(given []Answer, all []Attachment) []Attachment {
	there, out := f.Visible(given), []Attachment{}
	for _, a := range all {
		if there[a.Field] {
			out = append(out, a)
		}
	}
	return out
}
