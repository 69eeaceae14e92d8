package impact

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// Lint is.
func Lint(p comp.Policy) []value.Reason { return nil }
