package coselling

import (
	"time"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Host is what a document cannot hold. The zero value resolves UTC alone, takes Monday
// to Friday for business days, and knows nobody to call.
type Host struct {
	Zone        func(name string) (*time.Location, error) // such as [time.LoadLocation]; nil resolves UTC alone
	Calendar    *value.Calendar                           // business days, to which due days of tasks move; nil: Monday to Friday, and due days stay
	Roster      escalation.Roster                         // whom to call; zero: blockers have no route, and the answer says so
	Registrable func(host string) (string, error)         // such as domains.Registrable; needed where claims come without their keys
	Customers   []matching.Account                        // the vendor's own customers; nil: none
}

// Engine is a book that was checked and is ready to be asked. Make it with [New]; it is
// immutable and safe for concurrent use.
type Engine struct{}

// New compiles a book for a host and reports every problem of both at once.
func New(b Book, host Host) (*Engine, error) { panic("design") }

// Assess answers everything that the book says about a deal as of an instant (SPEC 10).
func (e *Engine) Assess(d Deal, r Record, asOf time.Time) (Assessment, error) { panic("design") }
