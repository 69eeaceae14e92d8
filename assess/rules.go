package assess

import (
	"slices"
	"time"

	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Rules is a compiled book, immutable, and safe for concurrent use if the functions of its host are. Make it with
// [Compile]; nil and the zero value refuse every question (assess.rules.missing).
type Rules struct {
	host        Host
	zone        *time.Location
	roles       model.Matrix
	plan        *comp.Plan
	stages      *stage.Rules
	claims      *registration.Rules
	routes      map[partnership]*escalation.Rules
	talk        *comms.Rules
	order       [model.Simplified + 1][]stage.Stage // the stages of each size
	large       value.Money                         // the amount from which on a deal is large for escalation
	overridable []value.Code                        // what managers may override
	owners      []string                            // the vendor's channel owners
}

// Compile compiles a book for a host. It returns all problems at once, with paths in the book, such as
// registration.vendor, or below host, such as host.customers[0]; those of Host.Customers only where the section
// registration of the book has none.
func Compile(b book.Book, host Host) (*Rules, error) {
	var problems value.Errors
	problems.Add("", b.Check())
	zone, err := host.zone(b.Zone)
	addNew(&problems, value.Below("zone", err))
	place := value.Workplace{Zone: zone, Calendar: host.Calendar}
	e := &Rules{host: host, zone: zone, roles: slices.Clone(b.Roles), large: b.Escalation.LargeFrom,
		overridable: append(slices.Clone(b.Stage.Overridable), stage.StageAuthority),
		owners:      slices.Clone(b.Registration.ChannelOwners)}
	e.plan, err = comp.Compile(b.Comp)
	addNew(&problems, err)
	for i := range b.Stage.Playbooks {
		p := &b.Stage.Playbooks[i]
		if p.Engagement == model.PartnerLed && p.Size.Check() == nil { // the other models have the same stages
			for _, step := range p.Steps {
				e.order[p.Size] = append(e.order[p.Size], step.Stage)
			}
		}
	}
	e.stages, err = stage.Compile(b.Stage)
	addNew(&problems, err)
	e.claims, err = registration.Compile(b.Registration, host.registrable())
	addNew(&problems, err)
	if err == nil {
		e.claims, err = e.claims.In(place).WithCustomers(host.Customers...)
		addNew(&problems, value.Below("host", err))
	}
	e.talk, err = comms.Compile(b.Comms)
	addNew(&problems, err)
	e.routes = host.routes(b.Escalation, &problems, place)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	e.stages, e.talk = e.stages.In(place), e.talk.In(place)
	return e, nil
}

// addNew adds the problems that were not added before, because compiling a section repeats checks of the book.
func addNew(problems *value.Errors, err error) {
	var found value.Errors
	found.Add("", err)
	for _, e := range found {
		if !slices.ContainsFunc(*problems, func(known *value.Error) bool { return *known == *e }) {
			*problems = append(*problems, e)
		}
	}
}
