package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// claimColumns names the columns of a file of registrations, in any order. Times are days,
// YYYY-MM-DD, or instants of RFC 3339. A day means its beginning in UTC; in the column
// ended it means the end of the day. Columns that are not needed may be blank.
var claimColumns = []string{
	"claim",       // its id; needed
	"vendor",      // the vendor's organisation, the same in every row; needed
	"side", "org", // the claimant: partner or vendor, and the organisation; needed
	"both_with",               // the organisation of the other side, of a claim for both
	"account", "domain", "by", // the company and its web domain, and who filed the claim; needed
	"filed",                   // needed
	"approved", "approved_by", // when and by whom, together
	"confirmed",    // by the other side of a claim for both
	"ended", "how", // withdrawn, rejected, won or lost
	"deals", // the ids of the deals that name the claim, with blanks between them
}

const (
	maxClaimsFile = 16 << 20
	mostProblems  = 20
)

// claimRow is one claim of the file.
type claimRow struct {
	columns map[string]int // of all rows
	record  []string
	claim   registration.Claim
	deals   []string
	line    int
}

func (r *claimRow) cell(column string) string { return strings.TrimSpace(r.record[r.columns[column]]) }

// readClaims reads a file of registrations, or returns all of its problems.
func readClaims(text []byte) ([]claimRow, error) {
	if len(text) > maxClaimsFile {
		return nil, fmt.Errorf("%d bytes are above the limit of %d", len(text), maxClaimsFile)
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	header, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("the header: %w", err)
	}
	columns := map[string]int{}
	for i, name := range header {
		columns[name] = i
	}
	for _, name := range claimColumns {
		if _, ok := columns[name]; !ok {
			return nil, fmt.Errorf("the column %s is missing; the columns are %s", name,
				strings.Join(claimColumns, ", "))
		}
	}
	var rows []claimRow
	var problems []error
	for len(problems) < mostProblems {
		record, err := reader.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		row := claimRow{columns: columns, record: record}
		row.line, _ = reader.FieldPos(0)
		if err := row.read(); err != nil {
			problems = append(problems, fmt.Errorf("line %d: %w", row.line, err))
		}
		rows = append(rows, row)
	}
	return rows, errors.Join(problems...)
}

// read makes a claim of the cells.
func (r *claimRow) read() error {
	var problems value.Errors
	side, err := model.ParseSide(r.cell("side"))
	problems.Add("side", err)
	claimant := model.Party{Side: side, Org: r.cell("org")}
	r.deals = strings.Fields(r.cell("deals"))
	r.claim = registration.Claim{
		ID: r.cell("claim"), Claimant: claimant, Submitted: r.instant(&problems, "filed", false),
		Filing: registration.Filing{
			Key: r.cell("claim"), By: r.cell("by"),
			Account: matching.Account{Name: r.cell("account"), Domains: []string{r.cell("domain")}},
		},
	}
	vendor := model.VendorOrg(r.cell("vendor"))
	other := vendor
	if side == model.Vendor {
		other = model.PartnerOrg(r.cell("both_with"))
	}
	if r.cell("both_with") != "" {
		r.claim.Filing.With = other
	}
	approver := model.Person{Name: r.cell("approved_by"), Party: vendor}
	r.event(&problems, "approved", registration.Approve, approver)
	r.event(&problems, "confirmed", registration.Confirm, model.Person{Name: other.Org, Party: other})
	if how := r.cell("how"); how != "" || r.cell("ended") != "" {
		do, ok := endings[how]
		if !ok {
			problems.Add("how", value.NewError(registration.ActionUnknown, value.Quote(how),
				"is no end of a claim; write withdrawn, rejected, won or lost"))
		}
		by := model.Person{Name: r.cell("by"), Party: claimant}
		if do == registration.Reject {
			by = model.Person{Name: "channel owner", Party: vendor}
		}
		r.event(&problems, "ended", do, by)
	}
	slices.SortStableFunc(r.claim.Events, func(a, b registration.Event) int { return a.At.Compare(b.At) })
	return problems.Err()
}

var endings = map[string]registration.Verb{
	"withdrawn": registration.Withdraw, "rejected": registration.Reject, "won": registration.Win,
	"lost": registration.Lose,
}

// event adds an event of a claim, unless the cell of its time is blank.
func (r *claimRow) event(problems *value.Errors, column string, do registration.Verb, by model.Person) {
	if r.cell(column) == "" {
		return
	}
	r.claim.Events = append(r.claim.Events,
		registration.Event{Do: do, By: by, At: r.instant(problems, column, column == "ended"), Reason: r.cell("how")})
}

// instant reads the time of an event.
func (r *claimRow) instant(problems *value.Errors, column string, end bool) time.Time {
	text := r.cell(column)
	if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return at.UTC()
	}
	day, err := value.ParseDate(text)
	problems.Add(column, err)
	switch {
	case err != nil:
		return time.Time{}
	case end:
		return day.End(nil)
	default:
		return day.Start(nil)
	}
}
