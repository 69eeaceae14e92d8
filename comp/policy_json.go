package comp

import (
	"maps"
	"slices"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/value"
)

const (
	maxPolicyBytes = 1 << 20
	maxPolicyDepth = 8
)

// policyWire is the JSON form of [Policy]. Pointers tell a missing member from a zero one;
// percentages and names are text, so that all of their problems can be reported.
type policyWire struct {
	Model       *string          `json:"model" schema:"names=modelNames"` // the compensation model in force
	JointOrigin *string          `json:"joint_origin" schema:"names=jointOriginNames"`
	Rounding    *string          `json:"rounding" schema:"enum=half_even|half_away_from_zero|toward_zero"`
	Rates       *ratesWire       `json:"rates,omitempty"`
	Origination *originationWire `json:"origination"` // for the origination model
	RoleBased   *roleBasedWire   `json:"role_based"`  // for the role-based model
}

// originationWire is the JSON form of [OriginationTerms].
type originationWire struct {
	Influenced                  *string `json:"influenced" schema:"part"`
	InfluencedPaysCommission    *bool   `json:"influenced_pays_commission"`
	InfluencedCountsTowardQuota *bool   `json:"influenced_counts_toward_quota"`
}

// roleBasedWire is the JSON form of [RoleBasedTerms].
type roleBasedWire struct {
	Contributions map[string]string `json:"contributions" schema:"0..1000 keys=word each=part"` // the part of the quota value that each contribution is credited
}

// ParsePolicy reads the JSON form of a policy, at most 1 MiB and 8 levels deep. Every
// member is needed but rates, which a policy of flat rates alone may leave out, and
// what is unset in a rate table: a floor, a cap, the currency of a table without
// money, the beginning of the first tier of amounts, the end of the last one. Amounts
// of a table are written without its currency, quotas with theirs. A repeated, unknown
// or wrongly cased member and trailing data are refused, the first with its path.
// Problems of values are returned all at once, so that what ParsePolicy returns is a
// policy that [Compile] takes.
func ParsePolicy(data []byte) (Policy, error) {
	policy, err := parsePolicy(data)
	return policy, value.In("comp", err)
}

func parsePolicy(data []byte) (Policy, error) {
	var wire policyWire
	if err := strictjson.Decode(data, &wire, strictjson.Limits{Bytes: maxPolicyBytes, Depth: maxPolicyDepth}); err != nil {
		return Policy{}, err
	}
	policy, problems := wire.policy()
	problems.Add("", policy.Check())
	if err := problems.Err(); err != nil {
		return Policy{}, err
	}
	return policy, nil
}

// policy converts the wire form. A value that could not be read is replaced by
// one that causes no further problem, so that the rest can still be checked, and
// reported.
func (w policyWire) policy() (Policy, value.Errors) {
	var problems value.Errors
	p := DefaultPolicy()
	p.Model = Split // needs no contributions
	strictjson.Needed(&problems, "model", *w.Model, &p.Model, ParseModel)
	strictjson.Needed(&problems, "joint_origin", *w.JointOrigin, &p.JointOrigin, ParseJointOrigin)
	strictjson.Needed(&problems, "rounding", *w.Rounding, &p.Rounding, value.ParseRounding)
	strictjson.Needed(&problems, "origination.influenced", *w.Origination.Influenced, &p.Origination.Influenced, value.ParsePercent)
	p.Rates = w.Rates.terms(&problems)
	p.Origination.InfluencedPaysCommission = *w.Origination.InfluencedPaysCommission
	p.Origination.InfluencedCountsTowardQuota = *w.Origination.InfluencedCountsTowardQuota
	p.RoleBased.Contributions = map[Contribution]value.Percent{}
	for _, name := range slices.Sorted(maps.Keys(w.RoleBased.Contributions)) {
		percent := value.Percent{}
		path := "role_based.contributions." + Contribution(name).path()
		strictjson.Needed(&problems, path, w.RoleBased.Contributions[name], &percent, value.ParsePercent)
		p.RoleBased.Contributions[Contribution(name)] = percent
	}
	return p, problems
}

// MarshalJSON returns the canonical form: every member, in a fixed order, with
// contributions, reps, days and tables sorted, and unset terms left out. [ParsePolicy] gives an equal policy back. A policy that
// [Compile] refuses is written as it stands; only text that is not UTF-8 cannot be.
func (p Policy) MarshalJSON() ([]byte, error) {
	return json.Marshal(p.wire(), json.Deterministic(true))
}

func (p Policy) wire() policyWire {
	contributions := make(map[string]string, len(p.RoleBased.Contributions))
	for c, percent := range p.RoleBased.Contributions {
		contributions[string(c)] = percent.String()
	}
	return policyWire{
		Model:       new(p.Model.String()),
		JointOrigin: new(p.JointOrigin.String()),
		Rounding:    new(p.Rounding.String()),
		Rates:       p.Rates.wire(),
		Origination: &originationWire{
			Influenced:                  new(p.Origination.Influenced.String()),
			InfluencedPaysCommission:    new(p.Origination.InfluencedPaysCommission),
			InfluencedCountsTowardQuota: new(p.Origination.InfluencedCountsTowardQuota),
		},
		RoleBased: &roleBasedWire{Contributions: contributions},
	}
}

// UnmarshalJSON is [ParsePolicy] for a policy inside another document. The paths of
// its errors begin inside the policy; the document knows where that stands.
func (p *Policy) UnmarshalJSON(data []byte) error {
	parsed, err := parsePolicy(data)
	if err != nil {
		return err
	}
	*p = parsed
	return nil
}
