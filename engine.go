package coselling

import (
	"time"

	"github.com/coselling/coselling/assess"
)

// Engine is a book that was checked and is ready to be asked. Make it with [New]; it is
// immutable and safe for concurrent use if the functions of its host are.
type Engine struct{ rules *assess.Rules }

// New compiles a book for a host and reports every problem of both at once, with paths
// below the section of the book, or below host. Neither is kept or changed.
func New(b Book, host Host) (*Engine, error) {
	rules, err := assess.Compile(b, host)
	if err != nil {
		return nil, err
	}
	return &Engine{rules}, nil
}

// Assess answers everything that the book says about a deal as of an instant: which model
// and why, who does what, the dated playbook and its gates, the registration, how the two
// sides talk, what is blocked and whom to call, what each rep would be credited, and what
// to do next. It errs on malformed input alone; what a fact that is missing leaves open
// is in the Missing of a view. See [assess.Rules.Assess].
func (e *Engine) Assess(d Deal, r Record, asOf time.Time) (Assessment, error) {
	return e.rules.Assess(d, r, asOf)
}
