package model_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func anyCell() *rapid.Generator[model.Cell] {
	return rapid.Custom(func(t *rapid.T) model.Cell {
		c := model.Cell{
			Mode:    model.Mode(rapid.IntRange(1, 3).Draw(t, "mode")),
			Support: rapid.StringN(0, 20, 1024).Draw(t, "support"), How: rapid.StringN(0, 20, 1024).Draw(t, "how"),
			Derived: rapid.Bool().Draw(t, "derived"),
		}
		if c.Mode == model.Leads {
			c.Leader = model.Side(rapid.IntRange(1, 2).Draw(t, "leader"))
		}
		return c
	})
}

func TestMatrixJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := model.DefaultMatrix()
		for _, id := range rapid.SliceOfNDistinct(rapid.StringN(1, 30, 1024), 0, 4, rapid.ID[string]).Draw(t, "own") {
			m = append(m, model.Row{Responsibility: model.Responsibility(id), Says: id, PartnerLed: anyCell().Draw(t, "p"), VendorLed: anyCell().Draw(t, "v"), TrueCoSell: anyCell().Draw(t, "t")})
		}
		text, err := m.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		back, err := model.ParseMatrix(text)
		if diff := cmp.Diff(m, back); err != nil || diff != "" {
			t.Fatalf("%s\nis read as (-want +got) %v\n%s", text, err, diff)
		}
		var inside model.Matrix
		if err := inside.UnmarshalJSON(text); err != nil || !cmp.Equal(inside, m) {
			t.Fatalf("inside another document it is read as (-want +got) %v\n%s", err, cmp.Diff(m, inside))
		}
	})
}

// The default matrix with one text replaced; every problem at once.
func TestParseMatrixRefuses(t *testing.T) {
	text, err := model.DefaultMatrix().MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"mode":"leads"`, `"mode":"Leads"`, `roles[0].partner_led.mode: "Leads" is not known; allowed are leads, joint, alternates`},
		{`"mode":"leads","leader":"partner"`, `"mode":"x","leader":"y"`, "roles[0].partner_led.mode: \"x\" is not known; allowed are leads, joint, alternates\nroles[0].partner_led.leader: \"y\" is not known; allowed are partner, vendor"},
		{`"leader":"partner"`, `"leader":""`, "roles[0].partner_led.leader: nothing is given; allowed are partner, vendor"},
		{`{"mode":"leads","leader":"partner"}`, `{"mode":"leads"}`, `roles[0].partner_led: mode "leads" with leader nothing does not say`},
		{`{"mode":"joint",`, `{"mode":"joint","leader":"vendor",`, `roles[0].true_co_sell: mode "joint" with leader "vendor" does not say`},
		{`"mode":"leads",`, ``, "roles[0].partner_led.mode: nothing stands here"},
		{`"mode":"leads"`, `"mode":"leads","mode":"leads"`, "roles[0].partner_led.mode: the member stands twice"},
		{`"derived":true`, `"derived":"yes"`, "roles[2].vendor_led.derived: a JSON string"},
		{`"role.discovery"`, `"role.relationship"`, `roles[1].responsibility: "role.relationship" stands there twice`},
		{`"role.discovery"`, `"` + strings.Repeat("x", 1025) + `"`, "roles[1].responsibility: "},
		{`"says":"discovery and qualification"`, `"says":"` + strings.Repeat("x", 1025) + `"`, "roles[1].says: "},
		{`"how":"one coordinated outreach plan"`, `"how":"` + strings.Repeat("x", 1025) + `"`, "roles[0].true_co_sell.how: "},
		{`"support":"introduces"`, `"support":"` + strings.Repeat("x", 1025) + `"`, "roles[4].partner_led.support: "},
		{`"responsibility"`, `"Responsibility"`, "roles[0].Responsibility: the member is not known"},
	} {
		if !strings.Contains(string(text), c.old) {
			t.Fatalf("%s does not stand in the matrix", c.old)
		}
		if _, err := model.ParseMatrix([]byte(strings.Replace(string(text), c.old, c.new, 1))); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%.60s: %.300v\nwant %s", c.new, err, c.want)
		}
	}
	for text, code := range map[string]value.Code{
		"": wire.Syntax, "null": "matrix.incomplete", "[]": "matrix.incomplete", "{}": wire.Type, "[null]": wire.Missing, "[{}]": wire.Missing,
		"[" + strings.Repeat("{},", 400_000) + "{}]": wire.Size, "[[[[[": wire.Syntax,
	} {
		if _, err := model.ParseMatrix([]byte(text)); !errors.Is(err, code) {
			t.Errorf("%.30s: %.200v, want %s", text, err, code)
		}
	}
	if err := make(model.Matrix, 1001).Check(); !errors.Is(err, wire.Excess) {
		t.Errorf("1001 rows: %.100v", err)
	}
}

func FuzzParseMatrix(f *testing.F) {
	text, err := model.DefaultMatrix().MarshalJSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`[{"responsibility":"a","says":"","partner_led":{"mode":"joint"},"vendor_led":{"mode":"joint","how":null},"true_co_sell":{"mode":"leads","leader":"vendor","derived":false}}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := model.ParseMatrix(data)
		if err != nil {
			return
		}
		if err := m.Check(); err != nil {
			t.Fatal(err)
		}
		printed, err := m.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if back, err := model.ParseMatrix(printed); len(printed) < 1<<20 && (err != nil || !cmp.Equal(back, m)) {
			t.Fatalf("%s\nis read as (-want +got) %v\n%s", printed, err, cmp.Diff(m, back))
		}
	})
}
