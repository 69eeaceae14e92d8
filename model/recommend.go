package model

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// Strength is the firmness of an [Advice]. Advice on malformed input has the zero value.
type Strength uint8

// The strengths.
const (
	Registered   Strength = 1 + iota // an active registration decides, whatever the signals say
	Strong                           // one model is eligible, with two or more signals for it and none against
	Weak                             // one model is eligible, with fewer signals for it or some against
	Ambiguous                        // several models are eligible
	Undetermined                     // no model is eligible
)

var strengthNames = [...]string{"", "registered", "strong", "weak", "ambiguous", "undetermined"}

// String returns registered, strong, weak, ambiguous or undetermined; "" for any other number.
func (s Strength) String() string { return enum.Name(s, strengthNames[:]) }

// Advice is a recommended engagement model, or none, with the reasons. Their codes are those of the signals. The
// slices belong to the caller. The zero value recommends nothing.
type Advice struct {
	Strength   Strength       `json:"strength,omitzero"`
	Engagement Engagement     `json:"engagement,omitzero"` // the recommended model; 0: ambiguous or undetermined
	Candidates []Engagement   `json:"candidates,omitzero"` // the eligible models, in the order of their constants
	For        []value.Reason `json:"for,omitzero"`        // the registration, then the true signals of candidates
	Against    []value.Reason `json:"against,omitzero"`    // true signals of others, false ones of candidates
	// pairs of signals that are true and exclude each other; their codes are the paths
	Contradictions []value.Reason `json:"contradictions,omitzero"`
	Missing        []value.Reason `json:"missing,omitzero"` // where undetermined: the facts that would decide

	refused error
}

// Recommend returns the model that the active registration decides, else the one that the signals speak for. A
// true signal speaks for its model and against the others, a false one against its own. For and Against list the
// signals by the model that they speak for, partner-led first; both are nil where undetermined. Numbers that are
// none of the constants make the advice empty; [Advice.Decided] returns them as one error.
func Recommend(s Signals, r Registrant) Advice {
	rows := s.table()
	if err := checkFacts(s, rows, r); err != nil {
		return Advice{refused: err}
	}
	advice := Advice{Contradictions: contradicting(rows)}
	if decided := r.Engagement(); decided != 0 {
		advice.Strength, advice.Engagement = Registered, decided
		advice.Candidates = []Engagement{decided}
		advice.For = append(advice.For, value.NewReason(RegistrationDecides,
			"the active registration ({registrant}) decides {engagement}; it outranks the signals",
			value.Op("registrant", value.Word(r.String())), value.Op("engagement", value.Word(decided.String()))))
		advice.weigh(rows)
		return advice
	}
	advice.Candidates = s.eligible(rows)
	switch len(advice.Candidates) {
	case 0:
		advice.Strength, advice.Missing = Undetermined, s.missing(rows)
	case 1:
		advice.weigh(rows)
		advice.Strength, advice.Engagement = Weak, advice.Candidates[0]
		if len(advice.For) >= 2 && len(advice.Against) == 0 {
			advice.Strength = Strong
		}
	default:
		advice.Strength = Ambiguous
		advice.weigh(rows)
	}
	return advice
}

// Decided returns the recommended model. Numbers out of range give their own errors alone: source.unknown and
// answer.unknown below signals, registrant.unknown at registrant. Otherwise there is one error at engagement:
// [AmbiguousModel] with the candidates, or [UndeterminedModel] with the facts that would decide, also for the
// zero value.
func (a Advice) Decided() (Engagement, error) {
	switch a.Strength {
	case Registered, Strong, Weak:
		return a.Engagement, nil
	case Ambiguous:
		names := make([]string, len(a.Candidates))
		for i, c := range a.Candidates {
			names[i] = c.String()
		}
		return 0, value.Below("engagement",
			value.NewError(AmbiguousModel, strings.Join(names, " or "), "is not decided; the two sides choose one"))
	default:
		if a.refused != nil {
			return 0, a.refused
		}
		return 0, value.Below("engagement",
			value.NewError(UndeterminedModel, "nothing", "speaks for any model; "+a.wayOut()))
	}
}

// wayOut returns the advice for a deal whose model is undetermined.
func (a Advice) wayOut() string {
	if len(a.Missing) == 0 {
		return "no unknown fact would change that, so the two sides choose one"
	}
	codes := make([]string, len(a.Missing))
	for i, m := range a.Missing {
		codes[i] = string(m.Code())
	}
	return "find out: " + strings.Join(codes, ", ")
}

// weigh collects the signals for the candidates and those against one.
func (a *Advice) weigh(rows []signal) {
	for _, row := range rows {
		own := slices.Contains(a.Candidates, row.engagement)
		switch {
		case row.answer == Yes && own:
			a.For = append(a.For, row.reason(""))
		case row.answer == Yes:
			a.Against = append(a.Against, row.reason(""))
		case row.answer == No && own:
			a.Against = append(a.Against, row.reason("not so: "))
		}
	}
}

// eligible returns the models that the true signals allow, in order.
func (s Signals) eligible(rows []signal) []Engagement {
	var any [TrueCoSell + 1]bool
	for _, row := range rows {
		if row.engagement != TrueCoSell && row.answer == Yes {
			any[row.engagement] = true
		}
	}
	any[TrueCoSell] = s.Source == FromBoth ||
		s.EqualProducts == Yes && s.NoRelationship == Yes && s.BothEngaged == Yes
	var list []Engagement
	for e := PartnerLed; e <= TrueCoSell; e++ {
		if any[e] {
			list = append(list, e)
		}
	}
	return list
}

// missing returns the unknown signals that could still make a model eligible.
func (s Signals) missing(rows []signal) []value.Reason {
	threeRuledOut := s.EqualProducts == No || s.NoRelationship == No || s.BothEngaged == No
	var list []value.Reason
	for _, row := range rows {
		oneOfThree := row.engagement == TrueCoSell && row.code != jointSourced
		if row.answer != Unknown || oneOfThree && threeRuledOut {
			continue
		}
		list = append(list, row.reason("unknown whether "))
	}
	return list
}

// contradicting returns a reason for each pair of true signals that exclude each other.
func contradicting(rows []signal) []value.Reason {
	yes := map[value.Code]string{}
	for _, row := range rows {
		if row.answer == Yes {
			yes[row.code] = row.says
		}
	}
	var list []value.Reason
	for _, pair := range contradictions {
		if one, two := yes[pair[0]], yes[pair[1]]; one != "" && two != "" {
			list = append(list, value.NewReason(Contradiction, "{one}, and {two}: both cannot be true",
				value.Op("one", one), value.Op("two", two)).At(string(pair[0]), string(pair[1])))
		}
	}
	return list
}
