package assess

import (
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// meetFunctions notes the functions of a deal that the book does not have (party.function).
func (c *Case) meetFunctions(n *notes) {
	note := func(path string, f model.Function) {
		has := func(row model.FunctionRow) bool { return row.Function == f }
		if slices.ContainsFunc(c.rules.functions, has) {
			return
		}
		known := make([]string, len(c.rules.functions))
		for i := range c.rules.functions {
			known[i] = string(c.rules.functions[i].Function)
		}
		n.miss(SectionRoles, path, value.Known("party.function", string(f), known))
	}
	if c.deal.PartnerFunction != "" {
		note("deal.partner_function", c.deal.PartnerFunction)
	}
	for i := range c.deal.Participants {
		p := &c.deal.Participants[i]
		note(participantName(p)+".function", p.Function)
	}
}

func participantName(p *model.Participant) string {
	return "deal.participants[" + value.Quote(p.Party.Org) + "]"
}
