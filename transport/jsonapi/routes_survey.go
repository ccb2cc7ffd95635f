package jsonapi

import (
	"bytes"
	"io"

	"secretariat/service/surveying"
	"secretariat/transport/edge"
	"secretariat/transport/endpoint"
)

func surveyRoutes(s endpoint.Set) []Route {
	return []Route{
		get("/questionnaires", s.ListQuestionnaires, "역량 진단표와 기준선", "Questionnaires and their baselines"),
		create("/alliances/{alliance}/surveys", s.DraftSurvey, "역량 자가진단 작성", "Draft a round of self-assessment"),
		get("/surveys", s.ListSurveys, "역량 자가진단 목록", "List rounds of self-assessment"),
		get("/surveys/{survey}", s.ShowSurvey, "역량 자가진단과 결과", "A round of self-assessment and its figures"),
		patch("/surveys/{survey}", s.ReviseSurvey, "역량 자가진단 변경", "Change a round"),
		act("/surveys/{survey}/open", s.OpenSurvey, "역량 자가진단 시작", "Open a round"),
		act("/surveys/{survey}/move", s.MoveSurvey, "역량 자가진단 기한 연장", "Give a round a later close"),
		act("/surveys/{survey}/withdraw", s.WithdrawSurvey, "역량 자가진단 취소", "Give a round up"),
		act("/surveys/{survey}/publish", s.PublishSurvey, "역량 자가진단 결과 공개", "Publish the figures of a round"),
		get("/surveys/{survey}/stand", s.StandSurvey, "역량 자가진단 진행 상황", "Where a round stands"),
		get("/surveys/{survey}/turnout", s.SurveyTurnout, "응답 현황", "Who is asked and has submitted"),
		download("/surveys/{survey}/workbook", s.SurveyWorkbook, surveyBook, "역량 자가진단 결과 통합문서", "The figures of a round as a workbook"),
		get("/surveys/{survey}/mine", s.MyAssessment, "우리 기관의 응답", "What my organisation answers"),
		act("/surveys/{survey}/save", s.SaveAssessment, "응답 임시 저장", "Save a draft of answers"),
		act("/surveys/{survey}/submit", s.SubmitAssessment, "응답 제출", "Submit answers"),
		act("/surveys/{survey}/take-back", s.TakeBackAssessment, "제출한 응답 고치기", "Take answers back to change them"),
	}
}

func surveyBook(w surveying.Workbook) edge.File {
	return edge.File{
		Name: w.FileName, Media: edge.MediaWorkbook, Size: int64(len(w.Data)), Content: io.NopCloser(bytes.NewReader(w.Data)),
	}
}
