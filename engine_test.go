package coselling_test

import (
	"errors"
	"testing"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/value"
)

func TestAnEngineWithoutABookRefusesEveryQuestion(t *testing.T) {
	for _, e := range []*coselling.Engine{nil, {}} {
		_, asked := e.Assess(coselling.Deal{}, coselling.Record{}, time.Time{})
		_, prepared := e.Case(coselling.Deal{}, coselling.Record{})
		_, tried := e.Try(coselling.Deal{}, coselling.Record{}, deal.Change{})
		for _, err := range []error{asked, prepared, tried} {
			if !errors.Is(err, value.Code("assess.rules.missing")) {
				t.Errorf("%v", err)
			}
		}
	}
}
