package main

import (
	"slices"
	"strings"
)

// awsReviewSource is where the table of reviews is from.
const awsReviewSource = "AWS Partner Central developer guide, Working with opportunity updates, looked up 2026-11-30"

// review is what a partner may write while AWS's review of an opportunity has a status.
type review struct {
	status string
	final  bool     // nothing, and that does not change
	all    bool     // every field but those of except
	except []string // fields, each with what is below it
	only   []string // without all: these; none: nothing
}

// awsReviews are the statuses of a review. An opportunity that AWS referred has none, and may be written.
var awsReviews = []review{
	{status: "Pending Submission", all: true},
	{status: "Submitted"},
	{status: "In review"},
	{status: "Action Required", only: []string{
		"Customer.Account.Address", "Customer.Account.WebsiteUrl", "LifeCycle.TargetCloseDate",
		"PartnerOpportunityIdentifier", "Project.CustomerBusinessProblem", "Project.ExpectedCustomerSpend",
	}},
	{status: "Approved", all: true, except: []string{
		"Customer.Account.Address.CountryCode", "Customer.Account.Address.PostalCode", "Customer.Account.Industry",
		"Customer.Account.WebsiteUrl", "PartnerOpportunityIdentifier", "Project.CustomerBusinessProblem", "Project.Title",
	}},
	{status: "Rejected", final: true},
}

// reviewOf returns the row of a status, and false for one that the table does not have.
func reviewOf(status string) (review, bool) {
	if strings.TrimSpace(status) == "" {
		return review{all: true}, true
	}
	i := slices.IndexFunc(awsReviews, func(r review) bool { return sameWord(r.status, status) })
	if i < 0 {
		return review{}, false
	}
	return awsReviews[i], true
}

// may reports whether the field at a path may be written, with what is below it.
func (r review) may(path string) bool {
	within := func(whole, part string) bool { return part == whole || strings.HasPrefix(part, whole+".") }
	if r.all {
		return !slices.ContainsFunc(r.except, func(f string) bool { return within(f, path) || within(path, f) })
	}
	return slices.ContainsFunc(r.only, func(f string) bool { return within(f, path) })
}

// says is what may be written, in words.
func (r review) says() string {
	switch {
	case r.final:
		return "nothing may be written any more"
	case len(r.except) > 0:
		return "all may be written but " + strings.Join(r.except, ", ")
	case r.all:
		return "all may be written"
	case len(r.only) > 0:
		return "only these may be written: " + strings.Join(r.only, ", ")
	default:
		return "nothing may be written until the review has ended"
	}
}

func toReview(d *draft, f []*node) {
	text := d.text(f[0])
	r, known := reviewOf(text)
	says := r.says()
	if !known {
		says = "a status that is not known, so nothing says what may be written"
	}
	d.report(f[0], text+": "+says+" ("+awsReviewSource+")")
}
