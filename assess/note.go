package assess

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// notes are what a part of the answer says beside its result: what is wrong, and what is
// missing.
type notes struct {
	findings []finding
	missing  []missing
}

// finding is a finding with the only party that may know of it; nobody is everybody.
type finding struct {
	Finding
	only model.Party
}

// missing is a problem of a part, with the only party that may know of it; nobody is
// everybody.
type missing struct {
	part    Part
	only    model.Party
	problem *value.Error
}

func (n *notes) add(more notes) {
	n.findings = append(n.findings, more.findings...)
	n.missing = append(n.missing, more.missing...)
}

func (n *notes) find(f finding) { n.findings = append(n.findings, f) }

// finds notes findings of a part, for everybody and without an instant.
func (n *notes) finds(part Part, side model.Side, facts []string, reasons []value.Reason) {
	for _, reason := range reasons {
		n.find(finding{Finding: Finding{Part: part, Side: side, Reason: reason, Facts: facts}})
	}
}

// lacks adds the problems of one fact to what is missing.
func (n *notes) lacks(part Part, path string, err error) {
	n.lacksFor(model.Party{}, part, path, err)
}

func (n *notes) lacksFor(only model.Party, part Part, path string, err error) {
	var problems value.Errors
	problems.Add(path, err)
	for _, p := range problems {
		n.missing = append(n.missing, missing{part, only, p})
	}
}

// lacksOne notes the problems of a fact by its name alone: where it stands in its list
// does not matter.
func (n *notes) lacksOne(part Part, name string, err error) {
	var problems value.Errors
	problems.Add("", err)
	texts := map[string]*value.Error{}
	for _, p := range problems {
		texts[p.Got+" "+p.Want] = value.NewError(p.Code, p.Got, p.Want)
	}
	for _, text := range slices.Sorted(maps.Keys(texts)) {
		n.lacks(part, name, texts[text])
	}
}

func (n *notes) lacksEach(part Part, refused refusals) {
	for _, name := range slices.Sorted(maps.Keys(refused)) {
		n.lacksOne(part, name, refused[name])
	}
}

// refusals are the problems of a list's facts by their names, which are noted in the order
// of the names, whatever that of the list is.
type refusals map[string]value.Errors

func (r refusals) add(name string, err error) {
	problems := r[name]
	problems.Add("", err)
	r[name] = problems
}

func missingFact(what string) error { return value.NewError(FactMissing, "nothing", what) }

// Names of facts by their ids, as [deal.NameOf] makes them.

func activityName(id string) string { return deal.NameOf(comms.Activity{ID: id}) }
func claimName(id string) string    { return deal.NameOf(registration.Claim{ID: id}) }
func blockerName(id string) string  { return deal.NameOf(deal.Blocker{ID: id}) }

func repName(r *model.Rep) string { return "deal.team.reps[" + value.Quote(r.ID) + "]" }
