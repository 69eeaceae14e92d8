package impact_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/value"
)

// An encoded partial comparison that no comparison wrote is refused, with where.
func TestForeignPartialsAreRefused(t *testing.T) {
	seed, err := os.ReadFile("testdata/partial.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, to string
		code     value.Code
	}{
		{`"version":1`, `"version":2`, impact.PartialVersion},
		{`"deals":2`, `"deals":-2`, impact.PartialContent},
		{`"deals":2`, `"deals":2.5`, "json.type"},
		{`"deals":2`, `"deals":2,"deals":3`, "json.repeated"},
		{`"rep":"ana"`, `"rep":""`, impact.PartialContent},
		{`"rep":"bo"`, `"rep":"aa"`, impact.PartialContent},
	} {
		text := strings.Replace(string(seed), c.from, c.to, 1)
		if text == string(seed) {
			t.Errorf("%s is not in the recorded form", c.from)
			continue
		}
		if _, err := impact.ParsePartial([]byte(text)); !errors.Is(err, c.code) {
			t.Errorf("%s for %s: %v, want %s", c.to, c.from, err, c.code)
		}
	}
}

// impact.finished: a comparison that has ended takes nothing more.
func TestAComparisonEndsOnce(t *testing.T) {
	before, after := plans()
	c, err := impact.New(before, after)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Finish(); err != nil {
		t.Fatal(err)
	}
	if err := c.Add(deals()[0]); !errors.Is(err, impact.Finished) {
		t.Errorf("a booking after the end: %v", err)
	}
	if _, err := c.Finish(); !errors.Is(err, impact.Finished) {
		t.Errorf("a second end: %v", err)
	}
}
