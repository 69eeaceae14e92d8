package coselling

import (
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/deal"
)

//go:generate go run ./internal/schemagen

// Engine answers questions by the rules of one book. Make it by [New]. It is immutable, and safe
// for concurrent use if the functions of its host are.
type Engine struct{ rules *assess.Rules }

// New returns an engine for a book and a host, and reports the problems of both at once, with
// paths that begin with the section of the book, or with host. It keeps and changes neither.
func New(b Book, host Host) (*Engine, error) {
	rules, err := assess.Compile(b, host)
	if err != nil {
		return nil, err
	}
	return &Engine{rules}, nil
}

// Assess returns all answers of the book about a deal as of an instant: the engagement model
// and its reasons, the responsibilities, the dated playbook and its gates, the registration,
// the broken rules of communication, the blockers and whom to call, the credit of each rep,
// and the next actions. Only malformed input is an error; the Missing of a view lists the
// facts that are missing for an answer. See [assess.Rules.Assess].
func (e *Engine) Assess(d Deal, r Record, asOf time.Time) (Assessment, error) {
	return e.rules.Assess(d, r, asOf)
}

// DefaultBook returns a book with the default of every rule, which the caller may change; see [book.Default].
func DefaultBook() Book { return book.Default() }

// ParseBook reads the JSON form of a book, at most 8 MiB, and reports all problems at once,
// each with its path; see [book.Parse].
func ParseBook(data []byte) (Book, error) { return book.Parse(data) }

// ParseDeal reads the JSON form of a deal, at most 8 MiB, and reports all problems at once,
// each with its path; see [deal.Parse].
func ParseDeal(data []byte) (Deal, error) { return deal.Parse(data) }

// ParseRecord reads the JSON form of a record, at most 64 MiB, and reports all problems at
// once, each with its path; see [deal.ParseRecord].
func ParseRecord(data []byte) (Record, error) { return deal.ParseRecord(data) }
