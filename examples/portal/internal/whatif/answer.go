package whatif

import (
	"cmp"
	"html"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Nothing is the answer where no deal of the question has a payee.
const Nothing = "<p>No deal that was won in this time pays anybody of yours.</p>\n"

// Answer returns what the terms would have paid, against today's, as a fragment of HTML: a report for each currency, or
// every problem of the terms, each with the field and what is allowed. The question is the document of a [Question];
// terms are named by the paths of their fields.
func Answer(question []byte, terms map[string]string) string {
	reports, err := compare(question, terms)
	if err != nil {
		return problems(err)
	}
	if len(reports) == 0 {
		return Nothing
	}
	var b strings.Builder
	for _, r := range reports { // in which "<" is only in tags; the page has a heading of its own
		_, _ = lower.WriteString(&b, r.HTML())
	}
	return b.String()
}

// lower makes the headings of a report those of a part of a page.
var lower = strings.NewReplacer("<h1>", "<h2>", "</h1>", "</h2>", "<h2>", "<h3>", "</h2>", "</h3>")

// CSV returns the answer as a CSV file, whose text no spreadsheet runs as a formula. Problems of the terms are errors.
func CSV(question []byte, terms map[string]string) (string, error) {
	reports, err := compare(question, terms)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for i, r := range reports {
		text := r.CSV()
		if i > 0 { // each has the same head
			_, text, _ = strings.Cut(text, "\n")
		}
		b.WriteString(text)
	}
	return b.String(), nil
}

func compare(question []byte, terms map[string]string) ([]impact.Report, error) {
	var q Question
	if err := json.Unmarshal(question, &q); err != nil {
		return nil, err
	}
	after, err := Changed(q.Policy, terms)
	if err != nil {
		return nil, err
	}
	plan, err := comp.Compile(q.Policy)
	if err != nil {
		return nil, err
	}
	other, err := comp.Compile(after)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(q.Deals, func(a, b Deal) int {
		return cmp.Or(a.Booking.Closed.Compare(b.Booking.Closed), cmp.Compare(a.Booking.ID, b.Booking.ID))
	})
	c, err := impact.New(plan, other, impact.ByCurrency(), impact.LeaveOutUnpriced(), impact.Derive(roles(q.Deals)))
	if err != nil {
		return nil, err
	}
	for i := range q.Deals {
		if err := c.Add(q.Deals[i].Booking); err != nil {
			return nil, err
		}
	}
	sums, err := c.Finish()
	if err != nil {
		return nil, err
	}
	return sums.Reports()
}

// roles returns the function that gives the payees of a booking the roles that follow under a policy from the
// engagement and the origin of the deal.
func roles(deals []Deal) func(comp.Policy, comp.Booking) (comp.Booking, error) {
	engagements := make(map[string]model.Engagement, len(deals))
	for i := range deals {
		engagements[deals[i].Booking.ID] = deals[i].Engagement
	}
	return func(p comp.Policy, b comp.Booking) (comp.Booking, error) {
		side, err := p.PrimarySide(engagements[b.ID], b.Origin())
		if err != nil {
			return b, nil // pricing says what is missing, where the policy asks for roles
		}
		return b.WithRoles(side), nil
	}
}

// problems writes the problems of an error as a list, in words.
func problems(err error) string {
	var all value.Errors
	all.Add("", err)
	var b strings.Builder
	b.WriteString("<ul class=\"problems\">\n")
	for _, e := range all {
		text := e.Got + " " + e.Problem
		if e.Path != "" {
			text = Label(e.Path) + ": " + text
		}
		b.WriteString("<li>" + html.EscapeString(text) + "</li>\n")
	}
	b.WriteString("</ul>\n")
	return b.String()
}

// Label writes the path of a field in words: "role based, contributions, technical validation".
func Label(path string) string {
	path = strings.TrimPrefix(path, "comp.")
	return strings.NewReplacer("_", " ", ".", ", ", "[", " ", "]", "").Replace(path)
}
