package matching

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/value"
)

// JointPlan is a joint account plan for an account that both sides target (reg.joint_plan). Everything is needed.
type JointPlan struct {
	Vendor, Partner string // ids of the targets
	Objectives      []string
	VendorOwner     string     // the person who owns the plan on the vendor's side
	PartnerOwner    string     // the person who owns it on the partner's side
	Contacts        []string   // people at the account
	NextReview      value.Date // not before today
}

// JudgeJointPlans returns a finding reg.joint_plan for every strategic overlap without a joint account plan that is
// complete and whose next review is not before today, in the order of the pairs; nil if there is none. Its paths
// are the ids of the vendor's and of the partner's target. Other overlaps need no plan; a plan without one is
// ignored.
func JudgeJointPlans(pairs []Pair, plans []JointPlan, today value.Date) []value.Reason {
	missing := make(map[[2]string]string, len(plans))
	for _, p := range plans {
		id, parts := [2]string{p.Vendor, p.Partner}, p.missing(today)
		if known, ok := missing[id]; !ok || parts == "" || known != "" && parts < known {
			missing[id] = parts
		}
	}
	var findings []value.Reason
	for _, pair := range pairs {
		if !pair.Strategic {
			continue
		}
		parts, planned := missing[[2]string{pair.Vendor, pair.Partner}]
		if planned && parts == "" {
			continue
		}
		template := "the strategic account {vendor} / {partner} ({relation}) has no joint account plan"
		if planned {
			template = "the joint account plan of {vendor} / {partner} ({relation}) is incomplete; missing: {missing}"
		}
		findings = append(findings, value.NewReason(JointPlanRule, template,
			value.Op("vendor", pair.Vendor), value.Op("partner", pair.Partner),
			value.Op("relation", pair.Match.Relation.String()),
			value.Op("missing", parts)).At(pair.Vendor, pair.Partner))
	}
	return findings
}

// missing names the parts that are missing in a plan, or "" if it is complete.
func (p JointPlan) missing(today value.Date) string {
	var missing []string
	for _, part := range [...]struct {
		name  string
		there bool
	}{
		{"objectives", said(p.Objectives...)},
		{"an owner on the vendor's side", said(p.VendorOwner)},
		{"an owner on the partner's side", said(p.PartnerOwner)},
		{"contacts", said(p.Contacts...)},
		{"a next review that is not in the past", !p.NextReview.IsZero() && !p.NextReview.Before(today)},
	} {
		if !part.there {
			missing = append(missing, part.name)
		}
	}
	return strings.Join(missing, ", ")
}

// said reports whether there is text, and none of it is blank.
func said(texts ...string) bool {
	blank := func(t string) bool { return strings.TrimSpace(t) == "" }
	return len(texts) > 0 && !slices.ContainsFunc(texts, blank)
}
