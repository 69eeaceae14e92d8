// Package coselling answers the questions of a software vendor and a partner who sell one deal
// together: who leads and who does which task, which step is allowed next, who registered the
// account, who gets which pay, whom to call, and what is wrong today. The agreement between
// the two is a document, the [Book]; the rules are pure functions of it and of plain facts.
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//		"time"
//
//		"github.com/coselling/coselling"
//		"github.com/coselling/coselling/model"
//		"github.com/coselling/coselling/stage"
//		"github.com/coselling/coselling/value"
//	)
//
//	func main() {
//		engine, err := coselling.New(coselling.DefaultBook(), coselling.Host{})
//		if err != nil {
//			log.Fatal(err) // every problem of the book, each with its path
//		}
//		deal := coselling.Deal{
//			ID: "D-17", Partner: "acme", Vendor: "vendor", Amount: value.MustMoney("18000.00 USD"),
//			Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
//			Team: model.Team{Reps: []model.Rep{
//				{ID: "ana", Party: model.PartnerOrg("acme")}, {ID: "bo", Party: model.VendorOrg("vendor")},
//			}},
//		}
//		asOf := time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)
//		assessment, err := engine.Assess(deal, coselling.Record{}, asOf)
//		if err != nil {
//			log.Fatal(err)
//		}
//		for _, action := range assessment.For(model.VendorOrg("vendor")).Next[:2] {
//			fmt.Println(action.Due, action.Who, action.Text(), action.Code)
//		}
//	}
//
// It prints
//
//	2026-11-06 [ana] register the deal gate.registered
//	2026-11-06 [bo] confirm that the deal gets support gate.tasks
//
// A [Deal] has the facts of the deal as a whole, a [Record] its dated facts. Neither has to be
// complete: [assess.View.Missing] lists the facts that are missing for the other answers. Each
// side reads its own [View], which does not depend on facts that this side may not know.
//
// This package is the way in. Its types are documented in three others:
//
//   - [github.com/coselling/coselling/book]: the agreement as one document, its versions and their differences.
//   - [github.com/coselling/coselling/deal]: the facts that a CRM knows of a deal.
//   - [github.com/coselling/coselling/assess]: the answer, its views, findings and actions.
//
// The engine joins packages that can be used alone. A program with one question imports one of
// them and does not link the others:
//
//   - [github.com/coselling/coselling/model]: which engagement model fits a deal, and who is accountable for what.
//   - [github.com/coselling/coselling/comp]: who gets which quota credit and commission, and why.
//   - [github.com/coselling/coselling/stage]: which step is allowed next, the unmet conditions, and the due dates.
//   - [github.com/coselling/coselling/escalation]: whom to call when a deal is blocked, and by when they respond.
//   - [github.com/coselling/coselling/registration]: who registered an account first, and until when that holds.
//   - [github.com/coselling/coselling/comms]: broken rules of communication with the prospect and the other side.
//   - [github.com/coselling/coselling/crmcsv]: any CRM's CSV export as deals.
//   - [github.com/coselling/coselling/render]: documents for a wiki, a mail or a calendar.
//   - [github.com/coselling/coselling/value]: money, percentages, dates and reasons, exact and immutable.
//
// Rules have ids such as comp.conserve, which every answer has.
//
// Everything except the stores of registrations and the test kits is pure: no I/O, no clock, no
// goroutine, no process-wide setting. The same input gives the same bytes.
package coselling

//go:generate go run ./internal/schemagen

import (
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/deal"
)

// Book is the whole agreement of a vendor and its partners as one document; see [book.Book] for its methods.
type Book = book.Book

// Host has the settings that a document cannot hold, such as time zones and rosters; see [assess.Host].
type Host = assess.Host

// Deal has the facts of a deal as a whole, as they are known now; see [deal.Deal] for its methods.
type Deal = deal.Deal

// Record has the dated facts of a deal, as a CRM knows them; see [deal.Record] for its methods.
type Record = deal.Record

// Assessment is the answer about one deal; each party sees its own [View]. See [assess.Assessment].
type Assessment = assess.Assessment

// View is an assessment as one party may see it; see [assess.View] for its methods.
type View = assess.View

// Finding is a problem with the facts that show it; see [assess.Finding].
type Finding = assess.Finding

// Action is one next step; see [assess.Action].
type Action = assess.Action

// Engine answers questions by the rules of one book. Make it by [New]. It is immutable, and safe
// for concurrent use if the functions of its host are. Nil and the zero value give assess.rules.missing errors.
type Engine struct{ rules *assess.Rules }

func (e *Engine) get() *assess.Rules {
	if e == nil {
		return nil
	}
	return e.rules
}

// New returns an engine for a book and a host, and reports the problems of both at once, with paths that begin
// with the section of the book, or with host. It keeps and changes neither.
func New(b Book, host Host) (*Engine, error) {
	rules, err := assess.Compile(b, host)
	if err != nil {
		return nil, err
	}
	return &Engine{rules}, nil
}

// Assess returns all answers of the book about a deal as of an instant. Only malformed input is an error; the
// Missing of a view lists the facts that are missing for an answer. See [assess.Rules.Assess].
func (e *Engine) Assess(d Deal, r Record, asOf time.Time) (Assessment, error) {
	return e.get().Assess(d, r, asOf)
}

// Case makes a deal and its record ready to be asked often: as of other instants, and after what happened since.
// It gives the bytes that [Engine.Assess] gives. See [assess.Case].
func (e *Engine) Case(d Deal, r Record) (*assess.Case, error) { return e.get().Case(d, r) }

// Try returns what a change would do to a deal, and stores nothing: whether the rules allow it or every reason why
// not, the stored events that it would undo, and the facts to store. See [assess.Rules.Try].
func (e *Engine) Try(d Deal, r Record, change deal.Change) (assess.Decision, error) {
	return e.get().Try(d, r, change)
}

// DefaultBook returns a book with the default of every rule, which the caller may change; see [book.Default].
func DefaultBook() Book { return book.Default() }

// ParseBook reads the JSON form of a book, at most 8 MiB, and reports all problems at once; see [book.Parse].
func ParseBook(data []byte) (Book, error) { return book.Parse(data) }

// ParseDeal reads the JSON form of a deal, at most 8 MiB, and reports all problems at once; see [deal.Parse].
func ParseDeal(data []byte) (Deal, error) { return deal.Parse(data) }

// ParseRecord reads a record's JSON, at most 64 MiB, and reports all problems at once; see [deal.ParseRecord].
func ParseRecord(data []byte) (Record, error) { return deal.ParseRecord(data) }
