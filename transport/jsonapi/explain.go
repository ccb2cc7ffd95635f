package jsonapi

import (
	"fmt"
	"html"
	"net/http"

	"secretariat/domain"
)

// explanations says, for each code, what it means and what to do; it is what the type of a problem points to.
var explanations = map[domain.Code][2]string{
	domain.CodeInvalid:         {"입력한 내용이 형식에 맞지 않습니다. errors에 적힌 항목을 모두 고쳐 다시 보내십시오.", "The input is malformed. Mend every field named in errors and send it again."},
	domain.CodeUnauthenticated: {"로그인하지 않았거나 로그인이 만료되었습니다.", "Nobody is signed in, or the token has expired."},
	domain.CodeForbidden:       {"이 일을 할 권한이 없습니다. basis에 근거 규정이 있습니다.", "You may not do this; basis names the legal source."},
	domain.CodeNotFound:        {"대상이 없거나 볼 수 없는 대상입니다.", "It is not there, or you may not know that it is."},
	domain.CodeConflict:        {"대상의 현재 상태에서는 할 수 없습니다.", "The present state of the thing forbids it."},
	domain.CodeStale:           {"그 사이 다른 사람이 고쳤습니다. 다시 읽고 시도하십시오.", "Somebody else changed it. Read it again and retry."},
	domain.CodeRefused:         {"법령이나 조례, 정책 묶음의 규칙이 허용하지 않습니다. basis에 조문이 있습니다.", "A rule forbids it; basis names the article."},
	domain.CodeTooLarge:        {"정해진 크기나 개수를 넘었습니다.", "It is over a stated limit."},
	domain.CodeLimited:         {"요청이 너무 잦습니다. Retry-After 뒤에 다시 시도하십시오.", "Too many requests; try again after Retry-After."},
	domain.CodeUnavailable:     {"필요한 부분이 잠시 응답하지 않습니다.", "A part that is needed does not answer at the moment."},
	domain.CodeInternal:        {"시스템 오류입니다. instance 번호를 담당자에게 알려 주십시오.", "Our fault. Tell the people in charge the instance number."},
}

func (a *API) explain(w http.ResponseWriter, r *http.Request) {
	code := r.PathValue("code")
	text, ok := explanations[domain.Code(code)]
	if !ok {
		a.fail(w, r, &domain.Error{Code: domain.CodeNotFound, Key: "request.no_route"})
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<!doctype html><html lang="ko"><meta charset="utf-8"><title>%s</title><h1>%[1]s</h1><p>%s</p><p lang="en">%s</p></html>`,
		html.EscapeString(code), html.EscapeString(text[0]), html.EscapeString(text[1]))
}
