package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coselling/coselling/internal/goldentest"
)

func output(t *testing.T, args ...string) string {
	t.Helper()
	var out strings.Builder
	if err := run(args, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestGolden compares the whole output with files; COSELLING_UPDATE=1 rewrites them.
func TestInboxesAreAsRecorded(t *testing.T) {
	for name, args := range map[string][]string{
		"sample":  nil,
		"october": {"-as-of", "2026-10-23T00:00:00Z"},
	} {
		goldentest.Compare(t, filepath.Join("testdata", name+".golden"), output(t, args...))
	}
}

// The sample breaks each rule of the communication protocol, as its mails say.
func TestSampleBreaksEveryRule(t *testing.T) {
	got := output(t)
	for _, code := range []string{"comm.single_thread", "comm.separate_stream", "comm.no_duplicate_outreach",
		"comm.weekly_sync", "comm.shared_notes",
		"comm.notify", "comm.response", "comm.prep", "comm.debrief", "comm.one_price", "comm.one_message"} {
		if !strings.Contains(got, code) {
			t.Errorf("nothing about %s", code)
		}
	}
}

// A folder on disk gives what the embedded one gives, and other arguments are
// refused.
func TestArgumentsAreChecked(t *testing.T) {
	if output(t, "-deal", "sample") != output(t) {
		t.Error("the folder sample is not the embedded one")
	}
	if output(t, "-help") != "" {
		t.Error("help goes to the error output")
	}
	for _, args := range [][]string{{"x"}, {"-x"}, {"-deal", "nowhere"}, {"-as-of", "today"}} {
		if err := run(args, io.Discard, io.Discard); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}

// Each blocker goes to one level with people on both sides; who is away is replaced.
func TestBlockersAreRouted(t *testing.T) {
	got := output(t)
	for _, want := range []string{
		"internal_coordination       manager", "call eli.frank, partner acme, manager, for mia.kern",
		"call noor.haddad, vendor us, manager",
		"pricing_negotiation         deal_desk_legal", "call fay.lund, vendor us, legal",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not printed", want)
		}
	}
	for name, content := range map[string]string{"malformed": `{"roster": {}}`, "unknown kind": `{"roster": ` +
		roster(t) + `, "blockers": [{"kind": "weather", "raised": "2026-11-16T10:20:00Z"}]}`} {
		folder := t.TempDir()
		if err := os.CopyFS(folder, os.DirFS("sample")); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "blockers.json"), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := run([]string{"-deal", folder}, io.Discard, io.Discard); err == nil ||
			!strings.Contains(err.Error(), "blockers.json: ") {
			t.Errorf("%s: %v", name, err)
		}
		if err := os.Remove(filepath.Join(folder, "blockers.json")); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(output(t, "-deal", folder), "BLOCKERS") {
			t.Error("there are blockers without the file")
		}
	}
}

// roster returns the roster of the sample.
func roster(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("sample/blockers.json")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), `"roster":`)
	text, _, _ := strings.Cut(rest, `,
  "blockers"`)
	return text
}
