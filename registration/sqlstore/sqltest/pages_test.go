package sqltest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

// listedAt is the instant of the lists of many claims.
var listedAt = time.Date(2027, 6, 1, 0, 0, 0, 0, time.UTC)

// fill stores claims of a thousand partners: of ten one waits for a decision, two are approved, with three reminders,
// two have expired, five are rejected.
func fill(b *testing.B, store opened, claims int) {
	b.Helper()
	_, body := approved(b)
	numbers, instant := "generate_series(1, %d) AS g (i)",
		"to_char(timestamp '2027-06-01' + (%s) * interval '1 minute', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
	if store.place.Driver == "sqlite" {
		numbers = "(WITH RECURSIVE g (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM g WHERE i < %d) " +
			"SELECT i FROM g) AS g"
		instant = "strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', '2027-06-01', (%s) || ' minutes')"
	} else {
		for _, table := range []string{"claim", "entry"} {
			run(b, store, "ALTER TABLE coselling_registration_"+table+" DISABLE TRIGGER ALL")
		}
	}
	run(b, store, "DROP INDEX coselling_registration_entry_claim") // no page needs it
	from := fmt.Sprintf(" FROM "+numbers, claims)
	run(b, store, "INSERT INTO coselling_registration_claim (id, side, org, filing_key, body) "+
		"SELECT 'c' || i, 1, 'p' || (i % 1000), 'k' || i, '"+body+"'"+from)
	const none = "'~'"
	at := func(minutes string) string { return fmt.Sprintf(instant, minutes) }
	for _, state := range []struct{ status, kinds, due, until, from string }{
		{"submitted", "0", at("i % 20000 - 5000"), none, "''"},
		{"rejected", "5, 6, 7, 8, 9", none, none, "''"},
		{"approved", "1, 2", "-43200", "i % 170000", ""}, {"approved", "1, 2", "-20160", "i % 170000", "-43200"},
		{"approved", "1, 2", "-10080", "i % 170000", "-20160"}, {"approved", "1, 2", "+0", "i % 170000", "-10080"},
		{"expired", "1, 2", "", "i % 170000", "+0"},
		{"approved", "3, 4", "-43200", "-(i % 500000)", ""}, {"approved", "3, 4", "-20160", "-(i % 500000)", "-43200"},
		{"approved", "3, 4", "-10080", "-(i % 500000)", "-20160"},
		{"approved", "3, 4", "+0", "-(i % 500000)", "-10080"},
		{"expired", "3, 4", "", "-(i % 500000)", "+0"},
	} {
		if strings.HasPrefix(state.until, "i") || strings.HasPrefix(state.until, "-") {
			end, relative := state.until, func(minutes, zero string) string {
				if minutes == "" {
					return zero
				}
				return at(state.until + minutes)
			}
			state.due, state.from, state.until = relative(state.due, none), relative(state.from, "''"), at(end)
		}
		for _, list := range []string{"'all'", "'partner:p' || (i % 1000)"} {
			run(b, store, "INSERT INTO coselling_registration_entry (key, claim) SELECT "+list+" || '\t"+
				state.status+"\t' || "+state.due+" || '\t' || "+state.until+" || '\tc' || i || '\t' || "+
				state.from+", i"+from+" WHERE i % 10 IN ("+state.kinds+")")
		}
	}
	run(b, store, "ANALYZE")
}

func run(b *testing.B, store opened, statement string) {
	b.Helper()
	if _, err := store.db.ExecContext(b.Context(), statement); err != nil {
		b.Fatalf("%.200s: %v", statement, err)
	}
}

// BenchmarkPages reads pages of a hundred of ten thousand and of a million claims: a page costs what it holds. Each is
// the first one or one in the middle of the list.
func BenchmarkPages(b *testing.B) {
	for name, at := range map[string]func(testing.TB) place{"SQLite": sqliteFile, "PostgreSQL": postgresDatabase} {
		for _, claims := range []int{10_000, 1_000_000} {
			b.Run(fmt.Sprint(name, "/", claims), func(b *testing.B) {
				store := at(b).open(b, nil)
				fill(b, store, claims)
				registry := registryOn(b, store)
				vendor := model.VendorOrg("us")
				for _, list := range []struct {
					name string
					of   model.Party
					f    registration.Filter
				}{
					{"inbox", vendor, registration.Filter{Status: registration.Submitted,
						DueBefore: listedAt.AddDate(0, 0, 5)}},
					{"approved", vendor, registration.Filter{Status: registration.Approved}},
					{"expired", vendor, registration.Filter{Status: registration.Expired}},
					{"rejected", vendor, registration.Filter{Status: registration.Rejected}},
					{"own", model.PartnerOrg("p11"), registration.Filter{Limit: 10}},
					{"all", vendor, registration.Filter{}},
				} {
					b.Run(list.name, func(b *testing.B) { pages(b, registry, list.of, list.f) })
				}
			})
		}
	}
}

// pages reads pages of a list, up to fifty one after the other.
func pages(b *testing.B, registry *registration.Registry, of model.Party, f registration.Filter) {
	f.AsOf = listedAt
	read, n := 0, 0
	for b.Loop() {
		page, err := registry.List(b.Context(), of, f)
		if err != nil {
			b.Fatal(err)
		}
		read += len(page.Claims)
		f.After = page.Next
		if n++; n%50 == 0 {
			f.After = ""
		}
	}
	b.ReportMetric(float64(read)/float64(b.N), "claims/page")
}
