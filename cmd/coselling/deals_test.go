package main

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/coselling/coselling/value"
)

func TestFlagsAreRefused(t *testing.T) {
	deals, mapping := filed(t, "deals.csv", sampleFile(t, "deals.csv")), filed(t, "map.json", sampleFile(t, "map.json"))
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"-unknown"}, "-unknown; coselling deals -h shows how it is used"},
		{[]string{"-list", "many"}, "-list"},
		{[]string{"-list", "-1"}, "-list -1 is below 0"},
		{[]string{deals, "x", "-map", mapping}, `"x" is not expected`},
		{[]string{deals}, "and -map belong together"},
		{[]string{"-map", mapping}, "and -map belong together"},
		{[]string{deals, "-map", filed(t, "map.json", "{")}, "the mapping has problems:\nmapping"},
		{[]string{filed(t, "deals.csv", ""), "-map", mapping},
			"the file does not fit the mapping:\nheader: an empty file has no header"},
		{[]string{filed(t, "deals.csv", "a,b\n"), "-map", mapping},
			`"Deal ID" is no column of the file; it has "a", "b"`},
		{[]string{t.TempDir(), "-map", mapping}, "directory"},
		{[]string{"-policy", t.TempDir()}, "directory"},
		{[]string{"-quarters", "-rep", "all"}, "ask one of them"},
		{[]string{"-quarters", "-format", "csv"}, "-quarters is for people to read; csv has the totals without it"},
		{[]string{"-deal", "D-9999"}, `no deal "D-9999" was priced`},
		{[]string{"-deal", "D-1017"}, `not priced: line 18: D-1017: "D-1017" is lost`},
		{[]string{"-deal", "D-1011"}, "not priced: line 12: D-1011: engagement: partner_led or vendor_led is not " +
			"decided; the two sides choose one (partner_relationship, vendor_customer)"},
	} {
		out, err := tryOutput(c.args...)
		if err == nil || !strings.Contains(err.Error(), c.says) || out != "" {
			t.Errorf("%q: %v, output %.100q, want %q", c.args, err, out, c.says)
		}
	}
}

func TestMissingFilesAreNamed(t *testing.T) {
	deals, mapping := filed(t, "deals.csv", sampleFile(t, "deals.csv")), filed(t, "map.json", sampleFile(t, "map.json"))
	for _, args := range [][]string{
		{"no-such-file", "-map", mapping}, {deals, "-map", "no-such-file"},
		{"-policy", "no-such-file"},
	} {
		if _, err := tryOutput(args...); !errors.Is(err, fs.ErrNotExist) ||
			!strings.Contains(err.Error(), "no-such-file") {
			t.Errorf("%q: %v", args, err)
		}
	}
}

// The files of the sample give the same output as the embedded sample.
func TestFilesReplaceTheSample(t *testing.T) {
	args := []string{
		filed(t, "deals.csv", sampleFile(t, "deals.csv")), "-map",
		filed(t, "map.json", sampleFile(t, "map.json")),
		"-policy", filed(t, "policy.json", sampleFile(t, "policy.json")), "-rates",
		filed(t, "rates.txt", sampleFile(t, "rates.txt")),
		"-registrations", filed(t, "registrations.csv", sampleFile(t, "registrations.csv")), "-as-of", sampleDay,
	}
	if output(t, args...) != output(t, "-as-of", sampleDay) {
		t.Error("the outputs differ")
	}
}

func TestBadPolicyShowsEveryProblem(t *testing.T) {
	policy := strings.NewReplacer(`"half_even"`, `"up"`, `"25%"`, `"-1%"`, `"30%"`, `"130%"`, `"15%"`,
		`"15"`).Replace(sampleFile(t, "policy.json"))
	_, err := tryOutput("-policy", filed(t, "policy.json", policy))
	if err == nil {
		t.Fatal("no error")
	}
	for _, code := range []value.Code{"rounding.unknown", value.PercentBelow, value.PercentAbove,
		value.PercentFormat} {
		if !errors.Is(err, code) {
			t.Errorf("%s is not reported:\n%v", code, err)
		}
	}
	has(t, err.Error(), "the policy has problems:\n", "comp.rounding",
		"comp.role_based.contributions.technical_validation: ", "130%", "comp.role_based.contributions.introduction: ")
}

func TestBadMappingShowsEveryProblem(t *testing.T) {
	mapping := strings.NewReplacer(`"id":       {`, `"Id": {`, `"8%"`, `"108%"`, `"Together": "joint"`,
		`"Together": "both"`).Replace(sampleFile(t, "map.json"))
	_, err := tryOutput(filed(t, "deals.csv", sampleFile(t, "deals.csv")), "-map",
		filed(t, "map.json", mapping))
	if !errors.Is(err, value.Code("mapping.field.unknown")) || !errors.Is(err, value.Code("mapping.field.missing")) ||
		!errors.Is(err, value.PercentAbove) {
		t.Fatalf("%v", err)
	}
	has(t, err.Error(), "mapping.fields.source.values.Together: ",
		`"both" is not known; allowed are partner, vendor, joint`)
}

// A policy may have terms for its model only; the others are then not compared.
func TestPolicyWithoutContributions(t *testing.T) {
	policy := sampleFile(t, "policy.json")
	from := strings.Index(policy, `"contributions"`)
	policy = policy[:from] + `"contributions": {} } }`
	if _, err := tryOutput("-policy", filed(t, "policy.json", policy)); !errors.Is(err, value.Code("comp.contributions.missing")) {
		t.Errorf("role-based without contributions: %v", err)
	}
	policy = strings.Replace(policy, `"role_based",`, `"split",`, 1)
	text := output(t, "-policy", filed(t, "policy.json", policy))
	has(t, text, "» split\n", "role-based is not compared: ")
	if strings.Contains(text, "left out of every column") {
		t.Error("deals are left out of the columns")
	}
}

func TestListIsCut(t *testing.T) {
	for list, parts := range map[string][]string{
		"0":  {"DEALS AND REVERSALS  the first 0 of 44"},
		"2":  {"DEALS AND REVERSALS  the first 2 of 44", "D-1002"},
		"44": {"DEALS AND REVERSALS  44\n", "D-1003-R"},
		"99": {"DEALS AND REVERSALS  44\n"},
	} {
		text := output(t, "-list", list)
		has(t, text, parts...)
		if list == "2" && strings.Contains(text, "D-1004") {
			t.Error("a third deal is listed")
		}
		_, totals, _ := strings.Cut(text, "EUR  EARNED")
		if _, all, _ := strings.Cut(output(t), "EUR  EARNED"); totals != all {
			t.Errorf("-list %s changes the totals", list)
		}
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestBrokenOutputIsAnError(t *testing.T) {
	for _, args := range [][]string{nil, {"-deal", "D-1003"}} {
		if err := dealsCommand.run(args, nil, brokenPipe{}, io.Discard); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%q: %v", args, err)
		}
	}
}

// Every deal of the sample can be shown in full.
func TestEveryDealIsShownInFull(t *testing.T) {
	for line := range strings.Lines(sampleFile(t, "deals.csv")) {
		id, _, _ := strings.Cut(line, ",")
		if text, err := tryOutput("-deal", id); err == nil {
			checkLines(t, text)
			has(t, text, id, "WHO GETS WHAT", "quota inflation")
		} else if text != "" {
			t.Errorf("%s: %v behind output", id, err)
		}
	}
}

func TestDealInFullSaysWhatSpeaksAgainst(t *testing.T) {
	header, _, _ := strings.Cut(sampleFile(t, "deals.csv"), "\n")
	mapping := filed(t, "map.json", sampleFile(t, "map.json"))
	for _, c := range []struct {
		row  string
		says []string
	}{
		{row(t, "D-1004", "emi.mori,introduction", ","),
			[]string{"vendor-led", "WHO DOES WHAT", "finding: the partner side has no rep; ",
				"role.implementation, role.integration"}},
		{row(t, "D-1012", ",Y,Y,,,,,", ",Y,N,,,,Y,"),
			[]string{"against it: partner_trusted", "not so: the prospect trusts the partner"}},
		{row(t, "D-1012", ",Y,Y,,,,,,", ",Y,Y,,,,,Y,"), []string{"contradiction: "}},
	} {
		id, _, _ := strings.Cut(c.row, ",")
		text := output(t, filed(t, "deals.csv", header+"\n"+c.row), "-map", mapping, "-deal", id)
		has(t, text, c.says...)
	}
}
