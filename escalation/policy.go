package escalation

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Policy holds the rules that two companies agreed on. All fields are needed; start from [DefaultPolicy].
type Policy struct {
	// the level of each kind (esc.total), at most 1,000, among them those that are detected
	Kinds map[BlockerKind]Level `json:"kinds" wire:"needed,..1000,keys=like=word,each=set;code=esc.level.unknown"`
	// the time to acknowledge a case (esc.respond), from its entering each of the four levels
	Respond LevelTerms `json:"respond" wire:"needed"`
	// the time to resolve a case after it entered each level (esc.timeout). Then it moves up one level or, where it
	// cannot, its people are notified again after each such term
	Timeout LevelTerms `json:"timeout" wire:"needed"`
	// the highest level to which time moves a case, for each size of a playbook (esc.timeout)
	Reach Reach `json:"reach" wire:"needed"`
	// the time after its resolution in which a blocker that is raised again reopens its case
	ReopenWithin value.Term `json:"reopen_within" wire:"needed,like=term"`
	// the time without progress after which a deal is stalled (esc.detect)
	StalledAfter value.Term `json:"stalled_after" wire:"needed,like=term"`
	// the time without an answer after which a prospect is dark (esc.detect)
	DarkAfter value.Term `json:"dark_after" wire:"needed,like=term"`
	// how many questions to one side, open and late, show that it is silent (esc.detect)
	SilentQuestions int `json:"silent_questions" wire:"needed,1..100"`
	// how many days of syncs in a row without one show that the sides are silent (esc.detect)
	SilentSyncs int `json:"silent_syncs" wire:"needed,1..100"`
	// the time after which a side that owes a confirmation is silent (esc.detect)
	SilentAfter value.Term `json:"silent_after" wire:"needed,like=term"`
	// the amount from which on a deal is large (esc.detect), above zero
	LargeFrom value.Money `json:"large_from" wire:"needed,positive"`
}

// LevelTerms holds a term for each of the four levels. All are needed.
type LevelTerms struct {
	Rep           value.Term `json:"rep" wire:"needed,like=term"`
	Manager       value.Term `json:"manager" wire:"needed,like=term"`
	Executive     value.Term `json:"executive" wire:"needed,like=term"`
	DealDeskLegal value.Term `json:"deal_desk_legal" wire:"needed,like=term"`
}

// of returns the term of a level.
func (t LevelTerms) of(l Level) value.Term {
	return [...]value.Term{{}, t.Rep, t.Manager, t.Executive, t.DealDeskLegal}[l]
}

// Reach holds the highest level to which time moves a case: rep, manager or executive. Both fields are needed.
type Reach struct {
	Standard   Level `json:"standard" wire:"needed"`   // on the standard playbook
	Simplified Level `json:"simplified" wire:"needed"` // on the simplified playbook
}

// of returns the level for a size of a playbook.
func (r Reach) of(size model.PlaybookSize) Level {
	return [...]Level{0, r.Standard, r.Simplified}[size]
}

// DefaultPolicy returns a complete policy that the caller may change: 24 hours to respond at level 1, 1
// business day at level 2, 2 at levels 3 and 4; 2 business days to resolve at level 1, 5 at the others; up to
// level 3 by time, or level 2 under the simplified playbook; reopened within 14 days; stalled after 14 days,
// dark after 10, silent with 2 late questions, after 2 missed syncs, or 5 business days after it owed a
// confirmation; large from 250,000 US dollars.
func DefaultPolicy() Policy {
	return Policy{
		Kinds: map[BlockerKind]Level{
			Scheduling: RepLevel, TechnicalQuestion: RepLevel, StandardObjection: RepLevel,
			DealStalled: ManagerLevel, ProspectDark: ManagerLevel, SideSilent: ManagerLevel,
			InternalCoordination: ManagerLevel, LargeDeal: ExecutiveLevel,
			ExecutiveRequest: ExecutiveLevel, StrategicOpportunity: ExecutiveLevel,
			PricingNegotiation: DealDeskLegalLevel, NonStandardTerms: DealDeskLegalLevel,
			ContractIssue: DealDeskLegalLevel,
		},
		Respond: LevelTerms{Rep: value.Hours(24), Manager: value.BusinessDays(1), Executive: value.BusinessDays(2),
			DealDeskLegal: value.BusinessDays(2)},
		Timeout: LevelTerms{Rep: value.BusinessDays(2), Manager: value.BusinessDays(5),
			Executive: value.BusinessDays(5), DealDeskLegal: value.BusinessDays(5)},
		Reach:           Reach{Standard: ExecutiveLevel, Simplified: ManagerLevel},
		ReopenWithin:    value.Days(14),
		StalledAfter:    value.Days(14),
		DarkAfter:       value.Days(10),
		SilentQuestions: 2, SilentSyncs: 2, SilentAfter: value.BusinessDays(5),
		LargeFrom: value.MustMoney("250000.00 USD"),
	}
}

// Check returns all problems of the policy at once, with paths inside it; nil where [Compile] accepts it.
func (p Policy) Check() error { return wire.CheckAll(&p, Policy.rules) }

// rules returns the problems that tags cannot express.
func (p Policy) rules() error {
	var problems value.Errors
	problems.Add("kinds", p.checkKinds())
	problems.Add("respond", p.Respond.check())
	problems.Add("timeout", p.Timeout.check())
	problems.Add("reach", p.Reach.check())
	problems.Add("reopen_within", p.ReopenWithin.Check())
	problems.Add("stalled_after", p.StalledAfter.Check())
	problems.Add("dark_after", p.DarkAfter.Check())
	problems.Add("silent_after", p.SilentAfter.Check())
	return problems.Err()
}

func (p Policy) checkKinds() error {
	var problems value.Errors
	for _, k := range detected {
		if _, ok := p.Kinds[k]; !ok {
			problems.Refuse(string(k), TotalRule, "nothing",
				"says where this kind goes; it is detected, so it needs a level")
		}
	}
	for _, k := range slices.Sorted(maps.Keys(p.Kinds)) {
		problems.Add("", k.check())
	}
	return problems.Err()
}

func (t LevelTerms) check() error {
	var problems value.Errors
	for l := RepLevel; l <= DealDeskLegalLevel; l++ {
		problems.Add(l.String(), t.of(l).Check())
	}
	return problems.Err()
}

func (r Reach) check() error {
	var problems value.Errors
	for size := model.Standard; size <= model.Simplified; size++ {
		if l := r.of(size); l < RepLevel || l > ExecutiveLevel {
			problems.Refuse(size.String(), "esc.policy.reach", value.Quote(l.String()),
				"is no level that time moves a case to; allowed are rep, manager, executive")
		}
	}
	return problems.Err()
}
