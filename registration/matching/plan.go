package matching

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/value"
)

// Plan is a joint account plan (reg.joint_plan): what both sides want with an account
// that both target. Everything is needed.
type Plan struct {
	Vendor, Partner string // ids of the targets
	Objectives      []string
	VendorOwner     string // who owns the plan on each side
	PartnerOwner    string
	Contacts        []string   // people at the account
	NextReview      value.Date // not before today
}

// CheckPlans returns a finding reg.joint_plan for every strategic overlap that has no
// joint account plan, whose plans all lack something, or whose review is overdue on
// the given day; the paths are the ids of the vendor's and the partner's target. The
// order is that of the pairs. Other overlaps need no plan; a plan without an overlap
// does not matter. Nil is no finding.
func CheckPlans(pairs []Pair, plans []Plan, today value.Date) []value.Reason {
	lacks := make(map[[2]string]string, len(plans))
	for _, p := range plans {
		id, lack := [2]string{p.Vendor, p.Partner}, p.lacks(today)
		if known, ok := lacks[id]; !ok || lack == "" || known != "" && lack < known {
			lacks[id] = lack
		}
	}
	var findings []value.Reason
	for _, pair := range pairs {
		if !pair.Strategic {
			continue
		}
		lack, planned := lacks[[2]string{pair.Vendor, pair.Partner}]
		if planned && lack == "" {
			continue
		}
		template := "the strategic account {vendor} / {partner} ({relation}) has no joint account plan"
		if planned {
			template = "the joint account plan of {vendor} / {partner} ({relation}) lacks {lack}"
		}
		findings = append(findings, value.NewReason(JointPlanRule, template,
			value.Op("vendor", pair.Vendor), value.Op("partner", pair.Partner),
			value.Op("relation", pair.Match.Relation.String()), value.Op("lack", lack)).At(pair.Vendor, pair.Partner))
	}
	return findings
}

// lacks names what a plan lacks, or "".
func (p Plan) lacks(today value.Date) string {
	var lacks []string
	for _, part := range [...]struct {
		name  string
		there bool
	}{
		{"objectives", said(p.Objectives...)},
		{"an owner on the vendor's side", said(p.VendorOwner)},
		{"an owner on the partner's side", said(p.PartnerOwner)},
		{"contacts", said(p.Contacts...)},
		{"a next review that is not past", !p.NextReview.IsZero() && !p.NextReview.Before(today)},
	} {
		if !part.there {
			lacks = append(lacks, part.name)
		}
	}
	return strings.Join(lacks, ", ")
}

// said reports whether there is text, and none of it is blank.
func said(texts ...string) bool {
	blank := func(t string) bool { return strings.TrimSpace(t) == "" }
	return len(texts) > 0 && !slices.ContainsFunc(texts, blank)
}
