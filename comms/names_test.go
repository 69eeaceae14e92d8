package comms_test

import (
	"errors"
	"testing"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/value"
)

func TestNamesAreReadBack(t *testing.T) {
	for k := comms.Mail; k <= comms.Cancellation; k++ {
		var back comms.ActivityKind
		if err := back.UnmarshalText([]byte(k.String())); err != nil || back != k {
			t.Errorf("%d is read back as %d, %v", k, back, err)
		}
	}
	for p := comms.Sync; p <= comms.DebriefCall; p++ {
		if back, err := comms.ParsePurpose(p.String()); err != nil || back != p {
			t.Errorf("%d is read back as %d, %v", p, back, err)
		}
	}
	for p := comms.Agenda; p <= comms.IssuesFlagged; p++ {
		var back comms.Part
		if err := back.UnmarshalText([]byte(p.String())); err != nil || back != p {
			t.Errorf("%d is read back as %d, %v", p, back, err)
		}
	}
	for _, s := range []string{"", "Mail", "mails"} {
		var k comms.ActivityKind
		var part comms.Part
		_, purpose := comms.ParsePurpose(s)
		if !errors.Is(k.UnmarshalText([]byte(s)), value.Code("comms.kind.unknown")) || !errors.Is(purpose, value.Code("comms.purpose.unknown")) ||
			!errors.Is(part.UnmarshalText([]byte(s)), value.Code("comms.part.unknown")) {
			t.Errorf("%q is read as %v, %v, %v", s, k, purpose, part)
		}
	}
	if s := comms.ActivityKind(99).String() + comms.Purpose(99).String() + comms.Part(99).String(); s != "" {
		t.Errorf("%q names nothing", s)
	}
}

func TestEventIDNamesTheOccurrence(t *testing.T) {
	when := time.Date(2026, 11, 2, 10, 0, 0, 0, time.FixedZone("", 3600))
	if got := comms.EventID("u@x", time.Time{}) + " " +
		comms.EventID("u@x", when); got != "u@x u@x#2026-11-02T09:00:00Z" {
		t.Error(got)
	}
}
