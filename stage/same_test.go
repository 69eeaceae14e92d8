package stage_test

import (
	"reflect"

	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// failer is implemented by *testing.T and *rapid.T.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
}

func sameProgress(t failer, got, want stage.Progress) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the replay stands elsewhere: %v %v against %v %v", got.Stage(), got.Status(), want.Stage(), want.Status())
	}
}

// values compares days and amounts with ==.
var values = cmpopts.EquateComparable(value.Date{}, value.Money{})
