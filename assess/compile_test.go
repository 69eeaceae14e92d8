package assess_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Compile reports the problems of a book once, and those of the host beside them.
func TestCompileReportsBookAndHost(t *testing.T) {
	b := book.Default()
	b.Zone, b.Comms.DebriefDays = "Mars/Base", 31
	_, err := assess.Compile(b, assess.Host{Customers: make([]registration.Customer, 1)})
	if err == nil {
		t.Fatal("taken")
	}
	want := []string{"comms.debrief_days: 31", `zone: "Mars/Base" cannot be resolved`,
		"host.customers[0]: nothing says which company it is"}
	lines := strings.Split(err.Error(), "\n")
	if !slices.EqualFunc(lines, want, strings.HasPrefix) {
		t.Errorf("%q, want %q", lines, want)
	}
}

// Compiled rules keep nothing of their book: what is done to the book afterwards changes no
// answer.
func TestCompileKeepsNothingOfTheBook(t *testing.T) {
	b := ourBook()
	kept, err := assess.Compile(b, assess.Host{})
	if err != nil {
		t.Fatal(err)
	}
	asOf := time.Date(2026, time.December, 1, 9, 0, 0, 0, time.UTC)
	d := deal.Deal{
		ID: "D-1", Account: "Hooli", Partner: "acme", Vendor: b.Registration.Vendor,
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard},
	}
	ask := func() string {
		a, err := kept.Assess(d, deal.Record{}, asOf)
		if err != nil {
			t.Fatal(err)
		}
		return written(a.Everything())
	}
	before := ask()
	if !strings.Contains(before, "role.relationship") {
		t.Fatal("the answer does not show who does what")
	}
	wiregen.Spoil(reflect.ValueOf(&b).Elem())
	if ask() != before {
		t.Error("the answer follows the caller's book")
	}
}
