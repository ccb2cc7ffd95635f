package web

import (
	"secretariat/domain/alliance"
	"secretariat/service/consulting"
)

// hearings adds who speaks at a hearing (공청회 발표 신청).
func hearings(s *Site) {
	done("signed_up", "speaker_named", "speaker_decided")
	act(s, "/consultations/{consultation}/speakers", s.set.SignUpSpeaker,
		func(_ *Visit, in consulting.SignUpInput, _ consulting.SignedUp) string {
			return consultationPath(in.Consultation, "", "signed_up")
		})
	act(s, "/consultations/{consultation}/speakers/name", s.set.NameSpeaker,
		func(_ *Visit, in consulting.NameInput, _ alliance.Speaker) string {
			return consultationPath(in.Consultation, "", "speaker_named") + "#speakers"
		})
	act(s, "/speakers/{speaker}/decide", s.set.DecideSpeaker, func(_ *Visit, _ consulting.ChooseInput, out alliance.Speaker) string {
		return consultationPath(out.Consultation, "", "speaker_decided") + "#speakers"
	})
}
