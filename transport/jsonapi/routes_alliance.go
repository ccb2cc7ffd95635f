package jsonapi

import (
	"bytes"
	"io"

	"secretariat/domain"
	"secretariat/service/consulting"
	"secretariat/transport/edge"
	"secretariat/transport/endpoint"
)

func digestFile(p consulting.Printed) edge.File {
	return edge.File{Name: p.FileName, Media: "application/pdf", Size: int64(len(p.Data)), Content: io.NopCloser(bytes.NewReader(p.Data))}
}

func attachOpinion(in *consulting.AttachInput, a attachment) {
	in.FileName, in.Content = a.Name, a.Content
}

func opinionFile(f consulting.FileContent) edge.File {
	return edge.File{
		Name: f.File.Name, Media: domain.MediaOf(f.File.Kind), SHA256: f.File.SHA256, Size: f.File.Size, Content: f.Content,
	}
}

func allianceRoutes(s endpoint.Set) []Route {
	return []Route{
		create("/alliances", s.FoundAlliance, "얼라이언스 설치", "Set up an alliance"),
		get("/alliances", s.ListAlliances, "얼라이언스 목록", "List alliances"),
		get("/alliances/{alliance}", s.ShowAlliance, "얼라이언스와 분과", "An alliance and its divisions"),
		patch("/alliances/{alliance}", s.ReviseAlliance, "얼라이언스 변경", "Change an alliance"),
		create("/alliances/{alliance}/divisions", s.AddDivision, "분과 추가", "Add a division"),
		act("/alliances/{alliance}/applications", s.ApplyOrganisation, "가입 신청", "Apply to be let in"),
		create("/alliances/{alliance}/organisations", s.RegisterOrganisation, "기관 등록", "Register an organisation"),
		get("/alliances/{alliance}/organisations", s.ListOrganisations, "기관 목록", "List organisations"),
		act("/alliances/{alliance}/organisations/import", s.ImportOrganisations, "기관 명부 가져오기", "Register a list of organisations"),
		get("/me/organisations", s.MyOrganisations, "우리 기관 목록", "Organisations I act for"),
		get("/organisations/{organisation}", s.ShowOrganisation, "기관과 담당자", "An organisation and its people"),
		patch("/organisations/{organisation}", s.ReviseOrganisation, "기관 정보 변경", "Change an organisation"),
		act("/organisations/{organisation}/decide", s.DecideOrganisation, "가입 신청 처리", "Decide on an application"),
		act("/organisations/{organisation}/leave", s.LeaveOrganisation, "탈퇴", "Leave"),
		act("/organisations/{organisation}/divisions", s.AssignDivision, "분과 배정", "Give a place in a division"),
		create("/organisations/{organisation}/people", s.AddPerson, "담당자 초대", "Ask a person to act for an organisation"),
		act("/organisations/{organisation}/people/{account}/uninvite", s.UninvitePerson, "담당자 초대 취소", "Take an invitation back"),
		act("/organisations/{organisation}/people/{account}", s.ChangePerson, "담당자 변경", "Change what a person may do"),
	}
}

func consultationRoutes(s endpoint.Set) []Route {
	return []Route{
		create("/alliances/{alliance}/consultations", s.DraftConsultation, "의견수렴 작성", "Draft a consultation"),
		get("/consultations", s.ListConsultations, "의견수렴 목록", "List consultations"),
		get("/consultations/{consultation}", s.ShowConsultation, "의견수렴 조회", "A consultation"),
		patch("/consultations/{consultation}", s.ReviseConsultation, "의견수렴 변경", "Change a consultation"),
		act("/consultations/{consultation}/open", s.OpenConsultation, "의견수렴 시작", "Open a consultation"),
		act("/consultations/{consultation}/move", s.MoveConsultation, "의견수렴 일정 변경", "Give a consultation later dates"),
		act("/consultations/{consultation}/withdraw", s.WithdrawConsultation, "의견수렴 취소", "Give a consultation up"),
		act("/consultations/{consultation}/record", s.RecordHearing, "공청회 결과 기록", "Record a hearing"),
		act("/consultations/{consultation}/finish", s.FinishConsultation, "의견 처리 완료", "Finish a consultation"),
		get("/consultations/{consultation}/stand", s.StandConsultation, "의견수렴 진행 상황", "Where a consultation stands"),
		get("/consultations/{consultation}/digest", s.ShowDigest, "의견 처리 결과", "What was said and what became of it"),
		download("/consultations/{consultation}/digest.pdf", s.PrintDigest, digestFile, "의견 처리 결과 문서", "The digest as PDF"),
		get("/consultations/{consultation}/opinions", s.ListOpinions, "제출된 의견 목록", "List opinions"),
		get("/consultations/{consultation}/mine", s.MyOpinions, "우리 기관의 의견", "What my organisation says"),
		act("/consultations/{consultation}/save", s.SaveOpinion, "의견 임시 저장", "Save a draft of opinions"),
		act("/consultations/{consultation}/submit", s.SubmitOpinion, "의견 제출", "Submit opinions"),
		act("/consultations/{consultation}/take-back", s.TakeBackOpinion, "제출한 의견 고치기", "Take opinions back to change them"),
		act("/consultations/{consultation}/give", s.GiveOpinion, "시민 의견 제출", "Give an opinion as a citizen"),
		act("/consultations/{consultation}/speakers", s.SignUpSpeaker, "공청회 발표 신청", "Sign up to speak at a hearing"),
		act("/consultations/{consultation}/speakers/name", s.NameSpeaker, "공청회 발표자 지명", "Have somebody speak at a hearing"),
		act("/speakers/{speaker}/decide", s.DecideSpeaker, "공청회 발표자 확정", "Say whether somebody speaks at a hearing"),
		upload("/consultations/{consultation}/files", s.AttachOpinion, []string{"organisation"}, attachOpinion, "의견에 첨부 파일 올리기", "Attach a file to opinions"),
		act("/opinion-files/{file}/remove", s.DetachOpinion, "의견의 첨부 파일 빼기", "Take a file off opinions"),
		download("/opinion-files/{file}/content", s.OpinionFile, opinionFile, "의견의 첨부 파일 내려받기", "A file given with opinions"),
		act("/consultations/{consultation}/table", s.TableDigest, "의견 처리 결과를 안건 자료로 올리기", "Put the digest on an agenda item"),
		act("/consultations/{consultation}/call", s.LinkConsultation, "의견수렴의 대상 공모 지정", "Say which call was consulted on"),
		act("/opinions/{opinion}/dispose", s.DisposeOpinion, "의견 처리", "Say what becomes of an opinion"),
		act("/opinions/{opinion}/mask", s.MaskOpinion, "의견의 개인정보 가리기", "Hide personal data of an opinion from the public"),
		act("/opinions/{opinion}/merge", s.MergeOpinion, "같은 의견 묶기", "Answer an opinion with a like one"),
	}
}
