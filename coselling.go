// Package coselling is the root of a library for co-selling rules: a software
// vendor and its partner sell one deal together, and the agreement between them
// becomes data and pure functions.
//
// There is nothing to call here yet; import the package that answers the question:
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
//   - [github.com/coselling/coselling/value]: money, percentages, dates and
//     reasons, exact and immutable.
//
// Everything but the stores of registrations and the test kits is pure: no I/O, no
// clock, no goroutine, no process-wide setting. The same input gives the same bytes.
package coselling
