package coselling

import (
	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/deal"
)

// Book is the whole agreement of a vendor and its partners as one document; its verbs
// stand at [book.Book].
type Book = book.Book

// Host is what a document cannot hold, such as time zones and whom to call; see
// [assess.Host].
type Host = assess.Host

// Deal is what holds for a deal as a whole, as it is known now; its verbs stand at
// [deal.Deal].
type Deal = deal.Deal

// Record is what happened on a deal, as a CRM knows it; its verbs stand at
// [deal.Record].
type Record = deal.Record

// Assessment is the answer about one deal, of which everybody sees their [View]; its
// verbs stand at [assess.Assessment].
type Assessment = assess.Assessment

// View is an assessment as one party may see it; its verbs stand at [assess.View].
type View = assess.View

// Finding is something that is wrong, with the facts that show it; see
// [assess.Finding].
type Finding = assess.Finding

// Action is one thing to do next; see [assess.Action].
type Action = assess.Action
