// Package coselling answers the questions that come up when a software vendor and its
// partner sell one deal together: who leads and who does what, which step is allowed
// next, who registered the account, who is paid for what, whom to call, and what is wrong
// today. The agreement between the two is a document, the [Book]; the rules are pure
// functions of it and of plain facts.
//
//	engine, err := coselling.New(coselling.DefaultBook(), coselling.Host{})
//	if err != nil {
//		return err // every problem of the book, each with its path
//	}
//	assessment, err := engine.Assess(deal, record, time.Now())
//	if err != nil {
//		return err
//	}
//	for _, action := range assessment.For(model.VendorOrg("vendor")).Next {
//		fmt.Println(action.Due, action.Owner, action.Text(), action.Code)
//	}
//
// A [Deal] is what holds for the deal as a whole, a [Record] what happened on it. Half of
// the facts give the answers that half allows: [assess.View.Missing] names what the rest
// needs. Each side reads its own [View], which no fact that it may not know can change.
//
// This package is the way in; what it names stands in three others, with all that can be
// done with it:
//
//   - [github.com/coselling/coselling/book]: the agreement as one document, its versions
//     and their differences.
//   - [github.com/coselling/coselling/deal]: what a CRM knows of a deal.
//   - [github.com/coselling/coselling/assess]: the answer, its views, findings and
//     actions.
//
// The engine joins packages that can be used alone; a program that needs one question
// answered imports that package and links nothing of the others:
//
//   - [github.com/coselling/coselling/model]: which engagement model fits a deal,
//     and who is accountable for what.
//   - [github.com/coselling/coselling/comp]: who gets which quota credit and
//     commission, and why.
//   - [github.com/coselling/coselling/stage]: which step of the sale is allowed next,
//     what is missing, and which task is due when.
//   - [github.com/coselling/coselling/escalation]: whom to call when a deal is
//     blocked, and by when they respond.
//   - [github.com/coselling/coselling/registration]: who registered an account first,
//     and until when that holds.
//   - [github.com/coselling/coselling/comms]: what was forgotten in how the two sides
//     talk to the prospect and to each other.
//   - [github.com/coselling/coselling/crmcsv]: any CRM's CSV export as deals.
//   - [github.com/coselling/coselling/render]: what people paste into a wiki, a mail or
//     a calendar.
//   - [github.com/coselling/coselling/value]: money, percentages, dates and
//     reasons, exact and immutable.
//
// Rules have ids such as comp.conserve, which every answer carries. "SPEC 5.2" in a
// comment is the section of the rules' specification that an id comes from; nothing
// needs it to be read.
//
// Everything but the stores of registrations and the test kits is pure: no I/O, no
// clock, no goroutine, no process-wide setting. The same input gives the same bytes.
package coselling
