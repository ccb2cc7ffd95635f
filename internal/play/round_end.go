package play

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"

	"secretariat/domain/selection"
	"secretariat/service/selecting"
)

// object has one applicant of every call, the best of those without a place, object to its result, and the secretary answer.
func (r *round) object(ctx context.Context) error {
	filed := 0
	err := r.each(ctx, selection.Announced, func(ctx context.Context, c *contest, _ selection.Call) error {
		all, err := r.ranked(ctx, c)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(x selecting.RankedItem) bool { return x.Row.Outcome != selection.Selected })
		if i < 0 {
			return nil
		}
		filed++
		return r.dispute(ctx, c, all[i])
	})
	if err != nil {
		return err
	}
	if filed > 0 {
		r.say("이의신청 %d건에 답변", filed)
	}
	return r.settled(ctx, "the letters to who objected", func(selecting.Standing) bool { return true })
}

func (r *round) dispute(ctx context.Context, c *contest, x selecting.RankedItem) error {
	who, err := r.contact(ctx, r.byName[x.Applicant].Place/r.round.PerContact)
	if err != nil {
		return err
	}
	in := selecting.ObjectInput{Text: "평가 점수의 합산에 잘못이 없는지 확인하여 주십시오."}
	var filed selection.Objection
	if err := who.post(ctx, "/applications/"+string(x.Row.Application)+"/objection", in, &filed); err != nil {
		return err
	}
	answer := selecting.AnswerInput{Answer: "모든 평가표를 다시 합산하였으나 결과가 같습니다.", Version: filed.Version}
	return r.secretary.post(ctx, "/objections/"+string(filed.ID)+"/answer", answer, nil)
}

// finish makes the results final when the time to object is over.
func (r *round) finish(ctx context.Context) error {
	if err := r.pass(ctx, r.round.Agreed); err != nil {
		return err
	}
	return r.each(ctx, selection.Announced, func(ctx context.Context, c *contest, at selection.Call) error {
		return r.secretary.post(ctx, "/calls/"+string(c.id)+"/finish", selecting.ActInput{Version: at.Version}, nil)
	})
}

// agree records the agreements. Where there is a reserve, the last of those selected gives its place up, which the first in reserve
// takes.
func (r *round) agree(ctx context.Context) error {
	var open []selecting.RankedItem
	err := r.each(ctx, selection.Final, func(ctx context.Context, c *contest, _ selection.Call) error {
		if err := r.giveUp(ctx, c); err != nil {
			return err
		}
		all, err := r.ranked(ctx, c)
		for _, x := range all {
			if waits(x) {
				open = append(open, x)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	progress := r.bar("협약", len(open))
	err = queue(ctx, len(open), func(ctx context.Context, i int) error {
		defer progress.add(1)
		in := selecting.AgreeInput{Agreed: true, Version: open[i].Version}
		return r.clerk.twin(i).post(ctx, "/applications/"+string(open[i].Row.Application)+"/agreement", in, nil)
	})
	if err != nil {
		return err
	}
	if len(open) > 0 {
		r.say("협약 %d건 체결", len(open))
	}
	return r.settled(ctx, "its end", func(at selecting.Standing) bool { return at.Stage == selecting.StageOver })
}

// waits reports whether an application has a place on which nothing is agreed yet.
func waits(x selecting.RankedItem) bool {
	return x.State == selection.Eligible && (x.Row.Outcome == selection.Selected || x.Promoted)
}

func (r *round) giveUp(ctx context.Context, c *contest) error {
	if c.programme.Reserve == 0 {
		return nil
	}
	all, err := r.ranked(ctx, c)
	if err != nil || slices.ContainsFunc(all, func(x selecting.RankedItem) bool { return x.State == selection.GivenUp }) {
		return err
	}
	for _, x := range slices.Backward(all) {
		if waits(x) {
			in := selecting.AgreeInput{Reason: "사업 추진 계획이 바뀌어 포기", Version: x.Version}
			r.say("%s: %s 포기, 예비 1순위가 자리를 이어받음", c.programme.Title, x.Applicant)
			return r.clerk.post(ctx, "/applications/"+string(x.Row.Application)+"/agreement", in, nil)
		}
	}
	return nil
}

// Competition is the file of the published table, in Folder beside the records of the calls.
const Competition = "경쟁률.json"

// Result is the file of the published record of the n-th call of the round, from 1, in Folder.
func Result(n int) string { return fmt.Sprintf("선정결과-%02d.json", n) }

// collect downloads what everybody can: the record of every call, from which its result can be computed again, and the table of the
// competition ratios.
func (r *round) collect(ctx context.Context) error {
	dir := filepath.Join(r.stage.Dir, Folder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	public := r.person("public")
	for n, c := range r.calls {
		raw, err := public.send(ctx, http.MethodGet, "/calls/"+string(c.id)+"/record", http.Header{}, nil)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, Result(n+1)), raw, 0o644)
		}
		if err != nil {
			return err
		}
	}
	raw, err := public.send(ctx, http.MethodGet, fmt.Sprintf("/selections?year=%d", r.round.Begins.Year()), http.Header{}, nil)
	if err != nil {
		return err
	}
	var out selecting.Competitions
	if err := json.Unmarshal(raw, &out); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, Competition), raw, 0o644); err != nil {
		return err
	}
	_, err = r.stage.Out.Write(competitionTable(out))
	return err
}

// competitionTable sets the published table for a terminal.
func competitionTable(of selecting.Competitions) []byte {
	var b bytes.Buffer
	fmt.Fprintln(&b, "\n접수  선정  예비  경쟁률  사업")
	line := func(c selection.Competition, ratio, title string) {
		fmt.Fprintf(&b, "%4d  %4d  %4d  %6s  %s\n", c.Received, c.Selected, c.Reserved, ratio, title)
	}
	for _, x := range of.Items {
		if x.Competition != nil {
			line(*x.Competition, x.Ratio, x.Title)
		}
	}
	for _, x := range of.Sums {
		line(x.Competition, x.Ratio, fmt.Sprintf("계 (%s, 공모 %d건)", instruments[x.Instrument], x.Calls))
	}
	return b.Bytes()
}

var instruments = map[selection.Instrument]string{
	selection.Research: "연구개발", selection.Subsidy: "지방보조금", selection.NoMoney: "현물 지원",
}
