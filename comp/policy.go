package comp

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Model is a compensation model (comp.origination, comp.split, comp.role_based). The zero value is refused.
type Model uint8

// The compensation models.
const (
	Origination Model = 1 + iota // the party that brought the deal gets 100 %, each other one is influenced
	Split                        // both sides get 100 % each, or each party
	RoleBased                    // the primary party gets 100 %, supporting reps a percentage by contribution
)

var modelNames = enum.Of[Model]("comp.model.unknown", "origination", "split", "role_based")

// String returns the model's name, or "" for the zero value and unknown numbers.
func (m Model) String() string { return modelNames.Name(m) }

// MarshalText returns what String returns.
func (m Model) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads origination, split or role_based; anything else is a comp.model.unknown error.
func (m *Model) UnmarshalText(text []byte) error { return modelNames.Read(m, text) }

// Models returns the three models in order; the caller owns the array.
func Models() [3]Model { return [3]Model{Origination, Split, RoleBased} }

// JointOrigin is the treatment of a deal that both sides registered or found together. The zero value is refused.
type JointOrigin uint8

// The treatments.
const (
	EqualOrigin   JointOrigin = 1 + iota // each side originates half; the first side gets the odd minor unit
	PartnerOrigin                        // the partner originates all of it
	VendorOrigin                         // the vendor originates all of it
)

var jointOriginNames = enum.Of[JointOrigin]("comp.joint_origin.unknown", "equal", "partner", "vendor")

// String returns the name, or "" for the zero value and unknown numbers.
func (j JointOrigin) String() string { return jointOriginNames.Name(j) }

// MarshalText returns what String returns.
func (j JointOrigin) MarshalText() ([]byte, error) { return []byte(j.String()), nil }

// UnmarshalText reads equal, partner or vendor; anything else is a comp.joint_origin.unknown error.
func (j *JointOrigin) UnmarshalText(text []byte) error { return jointOriginNames.Read(j, text) }

// JointPrimary says whose reps are primary where both sides brought a true co-sell and neither originates it alone
// ([EqualOrigin]). The zero value is refused.
type JointPrimary uint8

// The choices.
const (
	FilerPrimary JointPrimary = 1 + iota // those of the side that filed the claim for both, else of the partner
	BothPrimary                          // those of each side, so that nobody races to file
)

var jointPrimaryNames = enum.Of[JointPrimary]("comp.joint_primary.unknown", "filer", "both")

// String returns the name, or "" for the zero value and unknown numbers.
func (j JointPrimary) String() string { return jointPrimaryNames.Name(j) }

// MarshalText returns what String returns.
func (j JointPrimary) MarshalText() ([]byte, error) { return []byte(j.String()), nil }

// UnmarshalText reads filer or both; anything else is a comp.joint_primary.unknown error.
func (j *JointPrimary) UnmarshalText(text []byte) error { return jointPrimaryNames.Read(j, text) }

// Contribution names the contribution of a supporting rep. A policy may have any: a lower-case letter, then
// lower-case letters, digits and underscores, at most 64 bytes. The zero value is no contribution.
type Contribution string

// The contributions of the default policy.
const (
	TechnicalValidation Contribution = "technical_validation"
	CoSelling           Contribution = "true_co_sell"
)

// Policy is a compensation policy. No field has a default: start from [DefaultPolicy]. The zero value is refused.
type Policy struct {
	// who is credited for a deal, and how much (comp.origination, comp.split, comp.role_based)
	Model Model `json:"model" wire:"needed,set,code=comp.model.unknown"`
	// the treatment of a deal that both sides brought
	JointOrigin JointOrigin `json:"joint_origin" wire:"needed,set,code=comp.joint_origin.unknown"`
	// whose reps are primary in a true co-sell of equal joint origin
	JointPrimary JointPrimary `json:"joint_primary" wire:"needed,set,code=comp.joint_primary.unknown"`
	// under split, each of several partners is credited in full; false: they divide the 100 % of their side as stated
	SplitByParty bool `json:"split_by_party,omitzero"`
	// the rounding of credits and commissions to minor units
	Rounding value.Rounding `json:"rounding" wire:"needed,set,code=rounding.unknown"`
	// rate tables, quotas and periods; zero where all payees have flat rates
	Rates       RateTerms        `json:"rates,omitzero"`
	Origination OriginationTerms `json:"origination" wire:"needed"`
	RoleBased   RoleBasedTerms   `json:"role_based" wire:"needed"`
}

// OriginationTerms are the numbers of the origination model.
type OriginationTerms struct {
	// the supporting side's influenced credit, 0 % to 100 %, usually 25 % to 50 %
	Influenced value.Percent `json:"influenced" wire:"needed,set,part"`
	// true where influenced credit pays commission at the rep's rate
	InfluencedPaysCommission bool `json:"influenced_pays_commission" wire:"needed"`
	// true where influenced credit is quota credit too
	InfluencedCountsTowardQuota bool `json:"influenced_counts_toward_quota" wire:"needed"`
}

// RoleBasedTerms are the numbers of the role-based model. A role-based policy has at least one contribution.
type RoleBasedTerms struct {
	// the percentage of each contribution by its id, 0 % to 100 %
	Contributions map[Contribution]value.Percent `json:"contributions" wire:"needed,keys=like=word,each=set;part"`
}

// DefaultPolicy returns a complete policy that the caller may change: role-based, 30 % for technical
// validation and 50 % for true co-sell; influenced credit of 25 % that pays commission and does not count
// toward quota; equal joint origin, under which the filer's side is primary; half-even rounding; no rate table, and
// quarters of the calendar year.
func DefaultPolicy() Policy {
	return Policy{
		Model:        RoleBased,
		JointOrigin:  EqualOrigin,
		JointPrimary: FilerPrimary,
		Rounding:     value.HalfEven,
		Rates:        RateTerms{Year: FiscalYear{time.January}, Period: Quarterly},
		Origination:  OriginationTerms{Influenced: value.MustPercent("25%"), InfluencedPaysCommission: true},
		RoleBased: RoleBasedTerms{Contributions: map[Contribution]value.Percent{
			TechnicalValidation: value.MustPercent("30%"), CoSelling: value.MustPercent("50%"),
		}},
	}
}

// Under returns a copy of the policy with another model, for comparing models. It shares nothing with p.
func (p Policy) Under(m Model) Policy {
	p.Model = m
	return p.clone()
}

// PrimarySide returns the side whose reps are primary (comp.role_based): it owns the relationship to the prospect;
// under true co-sell it brought the deal. For a joint origin it is the side that JointOrigin names; for
// [EqualOrigin] it is that of [model.Origin.Lead], and 0, which is both, under [BothPrimary]. [Booking.WithRoles] takes
// it. Errors: engagement.unknown, booking.origin.unknown, comp.joint_origin.unknown and comp.joint_primary.unknown
// where they decide, those of [model.Origin.Check].
func (p Policy) PrimarySide(e model.Engagement, o model.Origin) (model.Side, error) {
	var problems value.Errors
	problems.Add("engagement", e.Check())
	problems.Add("origin", o.Check())
	if err := problems.Err(); err != nil {
		return 0, err
	}
	if leader := e.Leader(); leader.IsValid() {
		return leader, nil
	}
	switch o.Originator() {
	case model.UnknownSource:
		return 0, value.Below("source", originUnknown())
	case model.FromBoth:
		problems.Add("joint_origin", jointOriginNames.Check(p.JointOrigin))
		if p.JointOrigin == EqualOrigin {
			problems.Add("joint_primary", jointPrimaryNames.Check(p.JointPrimary))
		}
	}
	if err := problems.Err(); err != nil {
		return 0, err
	}
	origin, side := p.JointOrigin.settle(o)
	if p.bothPrimary(origin) {
		side = 0
	}
	return side, nil
}

// bothPrimary reports whether the reps of both sides may be primary under a settled origin.
func (p *Policy) bothPrimary(origin model.Source) bool {
	return origin == model.FromBoth && p.JointPrimary == BothPrimary
}

// settle returns the originator and the first side: that which the policy or the origin names.
func (j JointOrigin) settle(o model.Origin) (source model.Source, first model.Side) {
	source = o.Originator()
	switch {
	case source == model.FromBoth && j == PartnerOrigin:
		return model.FromPartner, model.Partner
	case source == model.FromBoth && j == VendorOrigin:
		return model.FromVendor, model.Vendor
	}
	first, _ = o.Lead()
	return source, first
}

func originUnknown() *value.Error {
	return value.NewError("booking.origin.unknown", "nothing",
		"says where the deal came from; give its source, or the registrant")
}

func (p Policy) clone() Policy {
	p.RoleBased.Contributions = maps.Clone(p.RoleBased.Contributions)
	p.Rates = p.Rates.clone()
	return p
}

const (
	maxNameLen  = 64
	nameLetters = "abcdefghijklmnopqrstuvwxyz0123456789_"
)

// Check returns every problem of the policy at once, with paths inside it, such as rounding; nil where [Compile] takes
// it.
func (p Policy) Check() error {
	var problems value.Errors
	problems.Add("", wire.Check(&p))
	problems.Add("", p.rules())
	return problems.Err()
}

// rules returns every problem that the tags of the policy do not find.
func (p Policy) rules() error {
	var problems value.Errors
	problems.Add("rates", p.Rates.check())
	const at = "role_based.contributions"
	priced := p.RoleBased.Contributions
	if len(priced) == 0 && p.Model == RoleBased {
		problems.Refuse(at, "comp.contributions.missing", "0 contributions",
			"are given; a role-based policy has at least one")
	}
	for _, c := range slices.Sorted(maps.Keys(priced)) {
		problems.Add(at, checkName("comp.contribution.id", string(c), "contribution"))
	}
	return problems.Err()
}

func checkName(code value.Code, id, of string) error {
	if isName(id) {
		return nil
	}
	want := "is no " + of + " id; write lower-case letters, digits and underscores, a letter first, at most 64 bytes"
	return value.NewError(code, value.Quote(id), want)
}

func isName(s string) bool {
	return s != "" && len(s) <= maxNameLen && 'a' <= s[0] && s[0] <= 'z' && strings.Trim(s, nameLetters) == ""
}
