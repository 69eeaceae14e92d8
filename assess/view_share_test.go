package assess_test

import (
	"reflect"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/internal/wiregen"
)

// A caller that changes a view changes no other view of the assessment, and
// nothing of the engine (R3).
func TestViewsShareNothingWithEachOther(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t, e)
		a := w.ask(t)
		views := []assess.View{a.Everything(), a.For(acme), a.For(us)}
		var before []string
		for _, v := range views {
			before = append(before, written(v))
		}
		same := func(who string, v assess.View, before string) {
			if after := written(v); after != before {
				i := 0
				for i < min(len(after), len(before)) && after[i] == before[i] {
					i++
				}
				t.Fatalf("%s reads\n%.200s\nnot\n%.200s", who, after[max(0, i-80):], before[max(0, i-80):])
			}
		}
		fresh, all := w.ask(t), gocmp.Exporter(func(reflect.Type) bool { return true })
		wiregen.Spoil(reflect.ValueOf(&views[0]).Elem())
		for i, v := range views[1:] {
			same("another view", v, before[i+1])
			if diff := gocmp.Diff(view(fresh, v.Party), v, all); diff != "" { // Comms is no part of the document
				t.Fatalf("another view has\n%s", diff)
			}
		}
		same("the same view", a.Everything(), before[0])
		same("another answer", w.ask(t).Everything(), before[0])
	})
}
