package stage_test

import (
	"reflect"
	"testing"

	"github.com/coselling/coselling/stage"
)

func sameProgress(tb testing.TB, got, want stage.Progress) {
	tb.Helper()
	if !reflect.DeepEqual(got, want) {
		tb.Errorf("the replay stands elsewhere: %v %v against %v %v", got.Stage(), got.Status(), want.Stage(), want.Status())
	}
}
