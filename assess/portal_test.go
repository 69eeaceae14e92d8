package assess_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// A portal may marshal a part of a view alone, such as its actions: it gets what the view's document has.
func TestPartsOfAViewMarshalAsTheViewWritesThem(t *testing.T) {
	rules, err := assess.Compile(book.Default(), assess.Host{})
	if err != nil {
		t.Fatal(err)
	}
	ana := model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	record := deal.Record{Events: []stage.Event{
		{Verb: stage.VerbHold, Move: stage.Move{By: ana, At: november(4, 9), Reason: "budget"}},
	}}
	assessment, err := rules.Assess(begun(), record, november(30, 9).AddDate(0, 2, 0))
	if err != nil {
		t.Fatal(err)
	}
	view := assessment.Everything()
	if len(view.Next) == 0 || len(view.Next[0].Ask) == 0 || len(view.Findings) == 0 || len(view.Missing) == 0 {
		t.Fatalf("the view has too little: %d actions, %d findings", len(view.Next), len(view.Findings))
	}
	text, err := json.Marshal(view)
	if err != nil {
		t.Fatal(err)
	}
	var document map[string]json.RawMessage
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	for field, v := range reflect.ValueOf(view).Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		want, ok := document[name]
		if !ok {
			continue
		}
		if got, err := json.Marshal(v.Interface()); err != nil || string(got) != string(want) {
			t.Errorf("%s: %v\n%s\nthe view has\n%s", field.Name, err, got, want)
		}
	}
}

// Nobody becomes a rep without an id: the draft of the action is refused until a person has filled it.
func TestATeamMemberWithoutAnIDIsRefused(t *testing.T) {
	rules, err := assess.Compile(book.Default(), assess.Host{})
	if err != nil {
		t.Fatal(err)
	}
	assessment, err := rules.Assess(begun(), deal.Record{}, november(4, 9))
	if err != nil {
		t.Fatal(err)
	}
	action := assessment.For(model.PartnerOrg("acme")).Next[0]
	if action.Code != "role.no_orphan" || len(action.Ask) != 1 {
		t.Fatalf("the first action is %v, which asks %v", action, action.Ask)
	}
	for answer, want := range map[string]error{"": value.Code("team.rep_id"), "ana": nil} {
		change, err := action.Fill(answer)
		if err != nil {
			t.Fatal(err)
		}
		decision, err := rules.Try(begun(), deal.Record{}, change)
		if !errors.Is(err, want) || decision.Accepted != (want == nil) {
			t.Errorf("%q: accepted %v, error %v", answer, decision.Accepted, err)
		}
	}
}
