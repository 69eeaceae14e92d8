package stage

import (
	"strconv"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// FactKind is the kind of a fact, an open identifier: a gate of a host's own reads the kind with the gate's id.
type FactKind string

// The kinds of facts that the default gates read. Each comment names the fields of a [Fact] that the kind takes
// beside Kind, At and By.
const (
	// Registered: by Side, until Until or without end; at the instant Until itself it counts for winning only.
	Registered        FactKind = "registered"
	SupportConfirmed  FactKind = "support_confirmed"  // Side has confirmed capacity, fit and timing
	PartnerEngaged    FactKind = "partner_engaged"    // a rep of the partner met the prospect
	Qualified         FactKind = "qualified"          // by the joint debrief; with Negative: not qualified
	ProposalSent      FactKind = "proposal_sent"      // Revision of Proposal went out; Without has no price
	ProposalWithdrawn FactKind = "proposal_withdrawn" // Proposal is withdrawn
	PricingApproved   FactKind = "pricing_approved"   // Side approved its pricing in Revision of Proposal
	ContractsExecuted FactKind = "contracts_executed" // all contracts are executed
	CRMUpdated        FactKind = "crm_updated"        // Side has updated its CRM
	// since At a case of the deal that is still open is at level 2; it counts for the move alone that brings it
	Escalated FactKind = "escalated"
	ModelSet  FactKind = "model_set" // a model is set; never recorded, see [Rules.SetModel]
)

// Fact is a dated event outside of the library that gates read. Facts are comparable with ==; a fact that is
// recorded twice counts once. The zero value is refused, and so is a field that the kind does not take.
type Fact struct {
	Kind     FactKind   `json:"kind" wire:"needed,1..998"`
	At       time.Time  `json:"at" wire:"needed,set"` // when it happened; not after the event that records it
	By       string     `json:"by,omitzero"`          // the person who did or reported it, in the host's words
	Side     model.Side `json:"side,omitzero"`        // the side that the fact is about, where the kind takes one
	Until    time.Time  `json:"until,omitzero"`       // the end of a registration; zero: without end
	Negative bool       `json:"negative,omitzero"`    // not qualified
	Proposal string     `json:"proposal,omitzero"`    // the proposal's id
	Revision int        `json:"revision,omitzero"`    // of the proposal, from 1
	Without  model.Side `json:"without,omitzero"`     // the side that has no price in the revision, if any
	// the participant that is meant by Side or Without, in place of the partner that leads; empty: none
	Org string `json:"org,omitzero"`
}

// fields is a set of the fields that only some kinds take, a bit each.
type fields uint8

const (
	takesSide fields = 1 << iota
	takesUntil
	takesNegative
	takesProposal
	takesRevision
	takesWithout
	takesOrg
)

// factTable lists the fields that each kind takes. Side, Proposal and Revision are needed where a kind takes them.
var factTable = [...]struct {
	kind  FactKind
	takes fields
}{
	{Registered, takesSide | takesUntil},
	{SupportConfirmed, takesSide | takesOrg},
	{PartnerEngaged, 0},
	{Qualified, takesNegative},
	{ProposalSent, takesProposal | takesRevision | takesWithout | takesOrg},
	{ProposalWithdrawn, takesProposal},
	{PricingApproved, takesSide | takesProposal | takesRevision | takesOrg},
	{ContractsExecuted, 0},
	{CRMUpdated, takesSide},
	{Escalated, 0},
}

// takenBy returns the fields that a kind takes, and whether the kind is in the table.
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

// check returns every problem of a fact that the event at the given instant records.
func (f Fact) check(takes fields, event time.Time) error {
	var problems value.Errors
	if f.At.IsZero() {
		problems.Refuse("at", factTime, "nothing", "says when it happened")
	}
	problems.Add("at", checkNotAfter(factTime, f.At, event))
	if takes&takesUntil != 0 && !f.Until.IsZero() && f.Until.Before(f.At) {
		problems.Refuse("until", factTime, instant(f.Until), "is before its beginning, "+instant(f.At))
	}
	problems.Add("by", checkText(f.By))
	problems.Add("proposal", checkText(f.Proposal))
	rows := [...]struct {
		field   fields
		path    string
		present bool
		ok      bool // the value is valid where the kind takes it
		want    string
	}{
		{takesSide, "side", f.Side != 0, f.Side.IsValid(), "partner or vendor"},
		{takesUntil, "until", !f.Until.IsZero(), true, ""},
		{takesNegative, "negative", f.Negative, true, ""},
		{takesProposal, "proposal", f.Proposal != "", f.Proposal != "", "the id of a proposal"},
		{takesRevision, "revision", f.Revision != 0,
			f.Revision > 0 && f.Revision <= maxRevision, "a revision from 1 to 1000000"},
		{takesOrg, "org", f.Org != "", f.Org == "" || f.Side|f.Without == model.Partner, "that of a partner"},
		{takesWithout, "without", f.Without != 0, f.Without == 0 || f.Without.IsValid(), "partner, vendor or nothing"},
	}
	kind := "a fact " + value.Quote(string(f.Kind))
	for _, row := range rows {
		switch {
		case takes&row.field == 0 && row.present:
			problems.Refuse(row.path, factField, "a value", "is not taken by "+kind)
		case takes&row.field != 0 && !row.ok:
			problems.Refuse(row.path, factField, "the value", "is not "+row.want+", which "+kind+" needs")
		}
	}
	return problems.Err()
}

// checkNotAfter refuses an instant after the event that records it.
func checkNotAfter(code value.Code, at, event time.Time) error {
	if at.After(event) {
		return value.NewError(code, instant(at), "is after the event that records it, "+instant(event))
	}
	return nil
}

func checkText(s string) error {
	if len(s) > maxText {
		return value.NewError("text.length", value.Quote(s), "is longer than "+strconv.Itoa(maxText)+" bytes")
	}
	return nil
}

// instant writes an instant so that two that differ look different.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
