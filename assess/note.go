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

// notes holds the findings and the missing facts of a part of the answer.
type notes struct {
	findings []finding
	missing  []missing
}

// finding is a finding with the only party that may know of it; zero: every party.
type finding struct {
	Finding
	only     model.Party
	concerns []model.Party // companies of which participants read it too; nil: none
}

// missing is a problem of a part with the only party that may know of it; zero: every party.
type missing struct {
	part    Section
	only    model.Party
	problem *value.Error
}

func (n *notes) add(more ...notes) {
	for i := range more {
		n.findings = append(n.findings, more[i].findings...)
		n.missing = append(n.missing, more[i].missing...)
	}
}

// someFindings is how many findings a part that has any makes room for.
const someFindings = 8

func (n *notes) find(f finding) {
	if n.findings == nil {
		n.findings = make([]finding, 0, someFindings)
	}
	n.findings = append(n.findings, f)
}

// finds adds findings of a part for every party, without an instant.
func (n *notes) finds(part Section, side model.Side, facts []string, reasons []value.Reason) {
	for _, reason := range reasons {
		n.find(finding{Finding: Finding{Part: part, Side: side, Reason: reason, Facts: facts}})
	}
}

// miss adds the problems of a fact for every party.
func (n *notes) miss(part Section, path string, err error) { n.missFor(model.Party{}, part, path, err) }

func (n *notes) missFor(only model.Party, part Section, path string, err error) {
	var problems value.Errors
	problems.Add(path, err)
	for _, p := range problems {
		n.missing = append(n.missing, missing{part, only, p})
	}
}

// missOne adds the problems of a fact under its name, without its position in a list.
func (n *notes) missOne(part Section, name string, err error) {
	var problems value.Errors
	problems.Add("", err)
	texts := map[string]*value.Error{}
	for _, p := range problems {
		texts[p.Got+" "+p.Problem] = value.NewError(p.Code, p.Got, p.Problem)
	}
	for _, text := range slices.Sorted(maps.Keys(texts)) {
		n.miss(part, name, texts[text])
	}
}

func (n *notes) missEach(part Section, refused refusals) {
	for _, name := range slices.Sorted(maps.Keys(refused)) {
		n.missOne(part, name, refused[name])
	}
}

// refusals holds the problems of facts by their names, so that the order of the list does not matter.
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

func repName(r *model.Rep) string { return named("deal.team.reps", r.ID) }

// named returns the name of an element of a list by its own name, which may be empty.
func named(list, name string) string {
	if name == "" {
		return list + `[""]`
	}
	return list + "[" + value.Quote(name) + "]"
}
