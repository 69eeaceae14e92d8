package crmcsv_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
)

// A payee is paid by a flat rate or by a rate table; the row comes before the roster here too.
func TestRateTableOfAPayee(t *testing.T) {
	text := strings.Replace(plainMapping, `"rate": {"column": "a rate"}`, `"rate": {"column": "a rate"}, "table": {"column": "a part"}`, 1)
	text = strings.Replace(text, `"contribution": {"column": "a part"}, `, ``, 1)
	text = strings.Replace(text, `"cy": {"side": "vendor", "org": "us", "rate": "0%"}`, `"ana": {"side": "partner", "org": "acme", "table": "slow"}`, 1)
	for _, c := range []struct {
		name, rate, table string
		wantRate          string
		wantTable         comp.TableID
	}{
		{"neither stated", "", "", "", "slow"},
		{"a rate stated", "8%", "", "8%", ""},
		{"a stated rate of zero", "0%", "", "0%", ""},
		{"a table stated", "", "fast", "", "fast"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := readOne(t, text, file(line(change{"a rate", c.rate}, change{"a part", c.table}))).Booking.Payees[0]
			if p.Rate.String() != c.wantRate || p.Table != c.wantTable {
				t.Errorf("%v by %q", p.Rate, p.Table)
			}
		})
	}
	_, bad := read(t, text, file(line(change{"a part", "fast"})))
	if len(bad) != 1 || !errors.Is(bad[0], comp.RateTwo) || bad[0].Cells[0].Field != "payees[0].table" {
		t.Errorf("a rate and a table: %v", bad)
	}
}

// A rep that the roster does not know needs one of the two from the row.
func TestRateTableOfARepOutsideTheRoster(t *testing.T) {
	text := strings.Replace(plainMapping, `"rate": {"column": "a rate"}`, `"table": {"column": "a rate"}`, 1)
	if p := readOne(t, text, file(line(change{"a rate", "fast"}))).Booking.Payees[0]; p.Table != "fast" || !p.Rate.IsZero() {
		t.Errorf("%+v", p)
	}
	if _, bad := read(t, text, file(line(change{"a rate", ""}))); len(bad) != 1 || !errors.Is(bad[0], crmcsv.RowMissing) {
		t.Errorf("neither a rate nor a table: %v", bad)
	}
}
