package stage

import (
	"strconv"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// FactKind says what a fact establishes. It is an open identifier: a gate of an
// importer's own playbook is opened by a fact whose kind is the gate's id.
type FactKind string

// The kinds of facts that the gates of SPEC 3.5 read. Each says which fields of a
// [Fact] it takes beside Kind, At and By.
const (
	Registered        FactKind = "registered"         // a registration is active before Until, for won at Until too, or without end: Side is the claimant's
	SupportConfirmed  FactKind = "support_confirmed"  // Side has confirmed capacity, fit and timing
	PartnerEngaged    FactKind = "partner_engaged"    // a rep of the partner attended a prospect meeting
	Qualified         FactKind = "qualified"          // the joint debrief decided; Negative: not qualified
	ProposalSent      FactKind = "proposal_sent"      // revision Revision of proposal Proposal went out, without a price of side Without
	ProposalWithdrawn FactKind = "proposal_withdrawn" // proposal Proposal is withdrawn
	PricingApproved   FactKind = "pricing_approved"   // Side approved its own pricing in revision Revision of proposal Proposal
	ContractsExecuted FactKind = "contracts_executed" // all contracts are executed
	CRMUpdated        FactKind = "crm_updated"        // Side has updated its CRM
	ModelSet          FactKind = "model_set"          // made by [Rules.SetModel] and by opening, never recorded by hand
)

// Fact is something dated that happened outside of the library and that gates read.
// Facts are comparable with ==; one that is recorded twice counts once. The zero
// value is refused, and so is a field that the kind does not take.
type Fact struct {
	Kind FactKind   `json:"kind" wire:"needed,1..998"`
	At   time.Time  `json:"at" wire:"needed,set"` // when it happened; not after the event that records it
	By   string     `json:"by,omitzero"`          // who did or reported it, as the host names people; free
	Side model.Side `json:"side,omitzero"`        // whose fact it is, where the kind says so
	// the end of a registration, which is active at that very instant; zero: without end
	Until    time.Time  `json:"until,omitzero"`
	Negative bool       `json:"negative,omitzero"` // not qualified
	Proposal string     `json:"proposal,omitzero"` // the proposal's id
	Revision int        `json:"revision,omitzero"` // of the proposal, from 1
	Without  model.Side `json:"without,omitzero"`  // the side that has no price in the revision, if any
}

// fields are the fields that only some kinds take, a bit each.
type fields uint8

const (
	takesSide fields = 1 << iota
	takesUntil
	takesNegative
	takesProposal
	takesRevision
	takesWithout
)

// factTable says which fields each kind takes. Side, Proposal and Revision are then
// needed.
var factTable = [...]struct {
	kind  FactKind
	takes fields
}{
	{Registered, takesSide | takesUntil},
	{SupportConfirmed, takesSide},
	{PartnerEngaged, 0},
	{Qualified, takesNegative},
	{ProposalSent, takesProposal | takesRevision | takesWithout},
	{ProposalWithdrawn, takesProposal},
	{PricingApproved, takesSide | takesProposal | takesRevision},
	{ContractsExecuted, 0},
	{CRMUpdated, takesSide},
}

// takenBy returns the fields that a kind of the table takes; false for any other kind.
func takenBy(kind FactKind) (fields, bool) {
	for _, row := range factTable {
		if row.kind == kind {
			return row.takes, true
		}
	}
	return 0, false
}

const (
	maxRevision = 1_000_000
	maxText     = 4096 // bytes of a name, an id or a reason
)

// check returns every problem of a fact that the event at the given instant
// records.
func (f Fact) check(takes fields, event time.Time) error {
	var problems value.Errors
	if f.At.IsZero() {
		problems.Refuse("at", FactTime, "nothing", "says when it happened")
	}
	problems.Add("at", checkNotAfter(FactTime, f.At, event))
	if takes&takesUntil != 0 && !f.Until.IsZero() && f.Until.Before(f.At) {
		problems.Refuse("until", FactTime, instant(f.Until), "is before its beginning, "+instant(f.At))
	}
	problems.Add("by", checkText(f.By))
	problems.Add("proposal", checkText(f.Proposal))
	rows := [...]struct {
		field   fields
		path    string
		present bool
		ok      bool // where the kind takes it
		want    string
	}{
		{takesSide, "side", f.Side != 0, f.Side.IsValid(), "partner or vendor"},
		{takesUntil, "until", !f.Until.IsZero(), true, ""},
		{takesNegative, "negative", f.Negative, true, ""},
		{takesProposal, "proposal", f.Proposal != "", f.Proposal != "", "the id of a proposal"},
		{takesRevision, "revision", f.Revision != 0, f.Revision > 0 && f.Revision <= maxRevision, "a revision from 1 to 1000000"},
		{takesWithout, "without", f.Without != 0, f.Without == 0 || f.Without.IsValid(), "partner, vendor or nothing"},
	}
	for _, row := range rows {
		switch {
		case takes&row.field == 0 && row.present:
			problems.Refuse(row.path, FactField, "a value", "is not taken by a fact "+value.Quote(string(f.Kind)))
		case takes&row.field != 0 && !row.ok:
			problems.Refuse(row.path, FactField, "the value", "is not "+row.want+", which a fact "+value.Quote(string(f.Kind))+" needs")
		}
	}
	return problems.Err()
}

// checkNotAfter refuses what is dated after the event that records it.
func checkNotAfter(code value.Code, at, event time.Time) error {
	if at.After(event) {
		return value.NewError(code, instant(at), "is after the event that records it, "+instant(event))
	}
	return nil
}

func checkText(s string) error {
	if len(s) > maxText {
		return value.NewError(TextLength, value.Quote(s), "is longer than "+strconv.Itoa(maxText)+" bytes")
	}
	return nil
}

// instant writes an instant so that two that differ look different.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
