package value_test

import (
	"errors"
	"testing"

	"github.com/coselling/coselling/value"
)

// A host finds the class of an error, of one in a list and below a path.
func TestErrorsHaveAClass(t *testing.T) {
	unseen := &value.Error{Code: "claim.unknown", Got: "c1", Problem: "is unknown", Class: value.NotFound}
	list := value.Errors{value.NewError("money.format", "x", "is no amount"), unseen}
	for _, c := range []struct {
		err  error
		want []value.Class
	}{
		{value.NewError("money.format", "x", "is no amount"), []value.Class{value.BadInput}},
		{unseen, []value.Class{value.NotFound}},
		{value.Below("claim", unseen), []value.Class{value.NotFound}},
		{value.Below("change", list), []value.Class{value.BadInput, value.NotFound}},
		{errors.New("elsewhere"), nil},
	} {
		for class := value.BadInput; class <= value.NotFound; class++ {
			want := false
			for _, w := range c.want {
				want = want || w == class
			}
			if errors.Is(c.err, class) != want {
				t.Errorf("%v is of the class %v: %t", c.err, class, !want)
			}
		}
	}
	for class, want := range []string{"bad input", "forbidden", "conflict", "not found", ""} {
		if got := value.Class(class).Error(); got != want {
			t.Errorf("class %d is %q, want %q", class, got, want)
		}
	}
}
