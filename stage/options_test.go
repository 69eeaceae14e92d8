package stage_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// Each option has the reasons that its verb gives to somebody who may ask.
func TestEachOptionIsTheAnswerOfItsVerb(t *testing.T) {
	for _, name := range []string{"unset", "unset, on hold", "unset, lost", "first stage", "middle stage", "last stage", "on hold", "won", "lost"} {
		d := inState(t, name)
		for _, o := range d.rules.Options(d.p, d.now) {
			m := d.move()
			switch o.Verb {
			case stage.VerbSetModel:
				continue
			case stage.VerbAdvance:
				m.To = o.To
			case stage.VerbSendBack:
				m.To = stage.Identification
			}
			shut, err := d.rules.Judge(d.p, o.Verb, m)
			if err != nil || fmt.Sprint(shut) != fmt.Sprint(o.Shut) {
				t.Errorf("%s, %v: %v %v, the option says %v", name, o.Verb, shut, err, o.Shut)
			}
		}
	}
}

func TestOptionsNameTheNextStage(t *testing.T) {
	d := inState(t, "middle stage")
	var got strings.Builder
	for _, o := range d.rules.Options(d.p, d.now) {
		got.WriteString(fmt.Sprintf("%v %s %v %v, ", o.Verb, o.To, o.Owner, o.Shut == nil))
	}
	want := "advance " + string(d.after(stage.Evaluation)) + " partner true, send_back  partner true, hold  partner true, resume  partner false, lose   true, reopen  partner false, set_model   true, "
	if got.String() != want {
		t.Errorf("%s\nwant\n%s", got.String(), want)
	}
	d = newDeal(t, model.TrueCoSell, model.Standard)
	i := slices.IndexFunc(d.rules.Options(d.p, d.now), func(o stage.Way) bool { return o.Verb == stage.VerbAdvance })
	if o := d.rules.Options(d.p, d.now)[i]; o.Owner != 0 || len(o.Shut) == 0 {
		t.Errorf("stage.authority under true co-sell: %+v", o)
	}
}
