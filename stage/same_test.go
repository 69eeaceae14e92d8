package stage_test

import (
	"reflect"

	"github.com/coselling/coselling/stage"
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
