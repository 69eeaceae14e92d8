package comms

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Report is the answer to one question: what is wrong as of an instant, and what is
// due next. Both lists are the caller's; nil where there is nothing.
type Report struct {
	Findings []Finding // by the instant since which each holds, then by code and evidence
	Due      []Due     // by instant, then by code and evidence; the first one is when to ask again; none once the deal has ended
}

// Finding is a rule that the log shows broken. What was done too late stays a
// finding, with the instant that mended it.
type Finding struct {
	Reason   value.Reason // the rule's code, its operands and the sentence; its paths are the evidence
	Side     model.Side   // whose duty it was; unset where it is both sides'
	Since    time.Time    // from when on the rule is broken, in UTC
	Until    time.Time    // when it was mended, or ceased to matter; zero while it stands
	evidence []string
	missing  []string
}

// Evidence returns the ids of the activities that show it, the earliest first; the
// caller owns the slice. It is empty where nothing was logged at all.
func (f Finding) Evidence() []string { return slices.Clone(f.evidence) }

// Missing returns what was missing: the names of lead reps who were not on a mail,
// or the sides that have none; the parts that a prep or a debrief lacked. Nil for
// other rules. The caller owns the slice.
func (f Finding) Missing() []string { return slices.Clone(f.missing) }

// Due is something that has to be done by an instant so that no rule is broken.
type Due struct {
	Reason   value.Reason // the rule's code, its operands and the sentence; its paths are the evidence
	Side     model.Side   // whose duty it is; unset where it is both sides'
	At       time.Time    // until when, in UTC
	evidence []string
}

// Evidence returns the ids of the activities that ask for it, the earliest first;
// the caller owns the slice.
func (d Due) Evidence() []string { return slices.Clone(d.evidence) }

func (f Finding) compare(g Finding) int {
	return cmp.Or(f.Since.Compare(g.Since), cmp.Compare(f.Reason.Code(), g.Reason.Code()), slices.Compare(f.evidence, g.evidence))
}

func (d Due) compare(e Due) int {
	return cmp.Or(d.At.Compare(e.At), cmp.Compare(d.Reason.Code(), e.Reason.Code()), slices.Compare(d.evidence, e.evidence))
}

// finding makes a finding about activities.
func finding(side model.Side, since, until time.Time, evidence []string, code value.Code, template string, operands ...value.Operand) Finding {
	return Finding{Reason: value.NewReason(code, template, operands...).At(evidence...), Side: side, Since: since, Until: until, evidence: evidence}
}

// due makes a due item about activities.
func due(side model.Side, at time.Time, evidence []string, code value.Code, template string, operands ...value.Operand) Due {
	return Due{Reason: value.NewReason(code, template, operands...).At(evidence...), Side: side, At: at, evidence: evidence}
}
