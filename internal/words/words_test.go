package words_test

import (
	"testing"
	"time"

	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/value"
)

func TestValuesAreWrittenAsPeopleSayThem(t *testing.T) {
	today := value.MustDate("2026-11-02")
	berlin := time.FixedZone("CET", 3600)
	for want, got := range map[string]string{
		"7 December":      words.Day(value.MustDate("2026-12-07"), today),
		"7 January 2027":  words.Day(value.MustDate("2027-01-07"), today),
		"3 November":      words.DayOf(time.Date(2026, 11, 2, 23, 30, 0, 0, time.UTC), berlin, today),
		"once":            words.Times(1),
		"twice":           words.Times(2),
		"3 times":         words.Times(3),
		"ana":             words.List("ana"),
		"ana, bo and cy":  words.List("ana", "bo", "cy"),
		"true co-sell":    words.Plain("true_co_sell"),
		"partner-led":     words.Plain("partner_led"),
		"security review": words.Plain("security_review"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := words.Day(value.Date{}, today) + words.DayOf(time.Time{}, nil, today) + words.Times(0) +
		words.List(); got != "" {
		t.Errorf("zero values are %q, want nothing", got)
	}
}

// A text that begins with a letter of several bytes stays a text.
func TestLowChangesTheFirstLetterAlone(t *testing.T) {
	for text, want := range map[string]string{"": "", "Close": "close", "Évaluation": "évaluation", "CRM setup": "cRM setup", "7 days": "7 days"} {
		if got := words.Low(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// next.remedy: an instant is a day of the account's zone, the end of a term the day of the policy that it belongs to.
func TestAWordingWritesOperandsForPeople(t *testing.T) {
	at := time.Date(2026, 11, 2, 23, 0, 0, 0, time.UTC)
	w := &words.Wording{Zone: time.FixedZone("CET", 3600), Policy: time.UTC, Today: value.MustDate("2026-11-02")}
	r := value.NewReason("test.rule", "{model} {amount} {day} {at} {end} {name} {count}",
		value.Op("model", value.Word("true_co_sell")), value.Op("amount", value.MustMoney("96000.00 USD")),
		value.Op("day", value.MustDate("2027-01-07")), value.Op("at", at),
		value.Op("end", value.End(at.Add(time.Hour))), value.Op("name", "ana_b"), value.Op("count", 3))
	const plain = "true_co_sell 96000.00 USD 2027-01-07 2026-11-02T23:00:00Z 2026-11-03T00:00:00Z ana_b 3"
	if got := r.String(); got != plain {
		t.Errorf("without a wording %q, want %q", got, plain)
	}
	if got, want := r.Worded(w).String(), "true co-sell 96,000 USD 7 January 2027 3 November 2 November ana_b 3"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	hidden := value.NewReason("test.rule", "{at}", value.Op("at", at).To(value.NewAudience("me"))).For("you")
	if got := hidden.Worded(w).String(); got != "(withheld)" {
		t.Errorf("a withheld operand is %q", got)
	}
	if got := r.Worded(w).Worded(nil).String(); got != plain {
		t.Errorf("with no wording again %q", got)
	}
}
