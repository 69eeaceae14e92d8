package assess

import (
	"slices"
	"time"

	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/wire"
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
	functions   []model.FunctionRow
	touchDays   int
	plan        *comp.Plan
	stages      *stage.Rules
	claims      *registration.Rules
	routes      map[partnership]*escalation.Rules
	talk        *comms.Rules
	doubts      []value.Reason                      // what the model of compensation weakens
	order       [model.Simplified + 1][]stage.Stage // the stages of each size
	large       value.Money                         // the amount from which on a deal is large for escalation
	syncDays    int                                 // from one sync to the next
	overridable []value.Code                        // what managers may override
	managerDays int                                 // after which one of them is enough
	owners      []string                            // the vendor's channel owners
	// the same book for the deals of each partner with a calendar of its own, and for all others
	partners map[model.Party]*Rules
}

// Compile compiles a book for a host. It returns all problems at once, with paths in the book, such as
// registration.vendor, or below host, such as host.customers[0]; those of Host.Customers only where the section
// registration of the book has none.
func Compile(b book.Book, host Host) (*Rules, error) {
	var problems value.Errors
	problems.Add("", b.Check())
	zone, err := host.zone(b.Zone)
	addNew(&problems, value.Below("zone", err))
	places := host.places(zone, model.VendorOrg(b.Registration.Vendor), &problems)
	place := places[model.Party{}]
	e := &Rules{host: host, zone: zone, roles: slices.Clone(b.Roles),
		functions: wire.Clone(b.Functions), touchDays: b.TouchDays, large: b.Escalation.LargeFrom,
		syncDays: b.Comms.SyncDays, overridable: append(slices.Clone(b.Stage.Overridable), stage.StageAuthority),
		managerDays: b.Stage.OverrideDays,
		owners:      slices.Clone(b.Registration.ChannelOwners)}
	e.plan, err = comp.Compile(b.Comp)
	addNew(&problems, err)
	e.doubts = impact.LintModel(b.Comp)
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
		e.claims, err = e.claims.In(place.Of(int(model.Vendor))).WithCustomers(host.Customers...)
		addNew(&problems, value.Below("host", err))
	}
	e.talk, err = comms.Compile(b.Comms)
	addNew(&problems, err)
	e.routes = host.routes(b.Escalation, &problems, zone)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	partners := make(map[model.Party]*Rules, len(places))
	for partner, place := range places {
		moved := *e
		moved.stages, moved.talk, moved.partners = e.stages.In(place), e.talk.In(place), partners
		partners[partner] = &moved
	}
	return partners[model.Party{}], nil
}

// of returns the rules for the deals of a partner, by its calendar.
func (e *Rules) of(partner model.Party) *Rules {
	if own := e.partners[partner]; own != nil {
		return own
	}
	return e.partners[model.Party{}]
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
