package coselling_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// New reports the problems of a book once, and those of the host beside them.
func TestNewReportsBookAndHost(t *testing.T) {
	b := coselling.DefaultBook()
	b.Zone, b.Comms.DebriefDays = "Mars/Base", 31
	_, err := coselling.New(b, coselling.Host{Customers: make([]matching.Account, 1)})
	if err == nil {
		t.Fatal("taken")
	}
	want := []string{"comms.debrief_days: 31", `zone: "Mars/Base" is not resolved`, "customers[0]: nothing says which company it is"}
	lines := strings.Split(err.Error(), "\n")
	if !slices.EqualFunc(lines, want, strings.HasPrefix) {
		t.Errorf("%q, want %q", lines, want)
	}
}

// An engine keeps nothing of its book: what is done to the book afterwards changes no
// answer.
func TestNewKeepsNothingOfTheBook(t *testing.T) {
	b := ourBook()
	kept, err := coselling.New(b, coselling.Host{})
	if err != nil {
		t.Fatal(err)
	}
	asOf := time.Date(2026, time.December, 1, 9, 0, 0, 0, time.UTC)
	deal := coselling.Deal{
		ID: "D-1", Account: "Hooli", Partner: "acme", Vendor: b.Registration.Vendor,
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard},
	}
	ask := func() string {
		a, err := kept.Assess(deal, coselling.Record{}, asOf)
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
