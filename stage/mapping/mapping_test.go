package mapping_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/stage/mapping"
	"github.com/coselling/coselling/value"
)

var systems = []mapping.System{mapping.AWSPartnerCentral, mapping.MicrosoftPartnerCenter, mapping.Salesforce, mapping.HubSpot, mapping.Dynamics365}

var ours = []stage.Stage{stage.Identification, stage.Discovery, stage.Presentation, stage.Evaluation, stage.Proposal, stage.Close, stage.Won, stage.Lost}

func shipped(t testing.TB, s mapping.System) mapping.Mapping {
	t.Helper()
	m, err := mapping.Shipped(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// specTable is *Stages of other systems* as it is written: the stages that each name covers,
// by the first letters of the stages.
var specTable = map[mapping.System]map[string]string{
	mapping.AWSPartnerCentral: {
		"Prospect": "i", "Qualified": "d", "Technical Validation": "pe", "Business Validation": "o", "Committed": "c", "Launched": "w", "Closed Lost": "l",
	},
	mapping.MicrosoftPartnerCenter: {
		"New": "i", "New/Pending": "i", "New/Received": "i", "Active": "dpeoc", "Active/Accepted": "dpeoc",
		"Closed/Won": "w", "Closed/Lost": "l", "Closed/Declined": "l", "Closed/Expired": "l",
	},
	mapping.Salesforce: {
		"Prospecting": "i", "Qualification": "d", "Needs Analysis": "d", "Value Proposition": "p", "Id. Decision Makers": "e", "Perception Analysis": "e",
		"Proposal/Price Quote": "o", "Negotiation/Review": "o", "Closed Won": "w", "Closed Lost": "l",
	},
	mapping.HubSpot: {
		"appointmentscheduled": "i", "qualifiedtobuy": "d", "presentationscheduled": "p", "decisionmakerboughtin": "e", "contractsent": "o", "closedwon": "w", "closedlost": "l",
	},
	mapping.Dynamics365: {"Qualify": "id", "Develop": "pe", "Propose": "o", "Close": "c", "Won": "w", "Lost": "l"},
}

var letters = map[byte]stage.Stage{
	'i': stage.Identification, 'd': stage.Discovery, 'p': stage.Presentation, 'e': stage.Evaluation,
	'o': stage.Proposal, 'c': stage.Close, 'w': stage.Won, 'l': stage.Lost,
}

// The mapping has every name of the table and no other; importing takes the earliest stage.
func TestEveryNameImportsAsItsEarliestStage(t *testing.T) {
	for _, system := range systems {
		m, names := shipped(t, system), specTable[system]
		if len(m.Names()) != len(names) {
			t.Errorf("%v has %d names, the table %d", system, len(m.Names()), len(names))
		}
		for theirs, want := range names {
			covers, err := m.Covers(theirs)
			if err != nil {
				t.Errorf("%v: %v", system, err)
				continue
			}
			var got strings.Builder
			for _, s := range covers {
				for letter, named := range letters {
					if named == s {
						got.WriteString(string(letter))
					}
				}
			}
			first, err := m.Import(theirs)
			if got.String() != want || err != nil || first != letters[want[0]] {
				t.Errorf("%v: %s covers %s and imports as %s, want %s: %v", system, theirs, got.String(), first, want, err)
			}
		}
	}
}

// stage.map_loss: exporting gives the first name that covers the stage, else the name of the
// nearest earlier one. It has a loss exactly where importing the name gives another stage.
func TestExportGivesTheNearestName(t *testing.T) {
	for _, system := range systems {
		m := shipped(t, system)
		for _, s := range ours {
			out, err := m.Export(s)
			if err != nil {
				t.Errorf("%v %s: %v", system, s, err)
				continue
			}
			if want := naiveExport(m, s); out.Name != want {
				t.Errorf("%v %s: %s, want %s", system, s, out.Name, want)
			}
			back, err := m.Import(out.Name)
			if err != nil || out.Loss.IsZero() != (back == s) {
				t.Errorf("%v %s: %s comes back as %s, loss %q: %v", system, s, out.Name, back, out.Loss, err)
			}
			if !out.Loss.IsZero() && out.Loss.Code() != "stage.map_loss" {
				t.Errorf("%v %s: %s", system, s, out.Loss.Code())
			}
		}
	}
}

// naiveExport looks for a name stage by stage, backwards.
func naiveExport(m mapping.Mapping, s stage.Stage) string {
	for i := slices.Index(ours, s); i >= 0; i-- {
		for _, theirs := range m.Names() {
			if covers, _ := m.Covers(theirs); slices.Contains(covers, ours[i]) {
				return theirs
			}
		}
	}
	return ""
}

func TestLossIsExplained(t *testing.T) {
	for _, c := range []struct {
		system mapping.System
		from   stage.Stage
		want   string
	}{
		{mapping.AWSPartnerCentral, stage.Evaluation, "Technical Validation: Technical Validation comes back as presentation, not as evaluation"},
		{mapping.HubSpot, stage.Close, "contractsent: contractsent comes back as proposal, not as close"},
		{mapping.MicrosoftPartnerCenter, stage.Won, "Closed/Won: "},
	} {
		out, err := shipped(t, c.system).Export(c.from)
		if got := fmt.Sprintf("%s: %s", out.Name, out.Loss); got != c.want || err != nil {
			t.Errorf("stage.map_loss: %q %v, want %q", got, err, c.want)
		}
	}
}

func TestUnknownNamesListTheKnownOnes(t *testing.T) {
	for _, system := range systems {
		m := shipped(t, system)
		for _, theirs := range []string{"", "won", strings.ToUpper(m.Names()[0]) + " ", "Closed", strings.Repeat("x", 1<<20)} {
			_, err := m.Import(theirs)
			if !errors.Is(err, mapping.NameUnknown) || !strings.Contains(err.Error(), m.Names()[0]) || len(err.Error()) > 2000 {
				t.Errorf("%v %.20q: %.200v", system, theirs, err)
			}
		}
		if _, err := m.Export("procurement"); !errors.Is(err, value.Code("mapping.stage")) {
			t.Errorf("%v: %v", system, err)
		}
		if m.System() == "" || m.Source() == "" || m.Note() == "" {
			t.Errorf("%v does not say where its names come from", system)
		}
	}
	for _, s := range []mapping.System{0, 6, 255} {
		if _, err := mapping.Shipped(s); !errors.Is(err, value.Code("mapping.system")) || s.Document() != nil || s.String() != "" {
			t.Errorf("%d: %v", s, err)
		}
	}
	if _, err := (mapping.Mapping{}).Import("Prospect"); !errors.Is(err, mapping.NameUnknown) {
		t.Errorf("the zero mapping: %v", err)
	}
}

func TestSystemsHaveNames(t *testing.T) {
	for _, s := range systems {
		if parsed, err := mapping.ParseSystem(s.String()); parsed != s || err != nil {
			t.Errorf("%v: %v %v", s, parsed, err)
		}
	}
	if _, err := mapping.ParseSystem("sap"); !errors.Is(err, value.Code("mapping.system")) {
		t.Error(err)
	}
}

const minimal = `{"system": "s", "source": "o", "stages": ["a", "b"], "names": [{"name": "n", "covers": ["b"]}]}`

func TestAHostsOwnMappingIsRead(t *testing.T) {
	m, err := mapping.Parse([]byte(minimal))
	if err != nil {
		t.Fatal(err)
	}
	if s, err := m.Import("n"); s != "b" || err != nil {
		t.Error(s, err)
	}
	if out, err := m.Export(stage.Won); out.Name != "n" || out.Loss.IsZero() || err != nil {
		t.Errorf("won falls back on the last stage: %+v %v", out, err)
	}
	for _, s := range []stage.Stage{"a", stage.Lost} {
		if _, err := m.Export(s); !errors.Is(err, value.Code("mapping.stage")) {
			t.Errorf("%s has no name and no earlier stage: %v", s, err)
		}
	}
}

func TestMalformedMappingsAreRefused(t *testing.T) {
	names := func(s string) string {
		return `{"system": "s", "source": "o", "stages": ["a", "b"], "names": [` + s + `]}`
	}
	for _, c := range []struct{ doc, want string }{
		{`{}`, "mapping.system: nothing stands here; the member is needed"},
		{names(``), `mapping.names: 0 are fewer than the 1 that are needed`},
		{names(`{"name": "", "covers": ["a"]}`), `mapping.names[0].name: nothing stands here; a text of 1 to 256 bytes of UTF-8 is needed`},
		{names(`{"name": "x", "covers": []}`), `mapping.names[0].covers: 0 are fewer than the 1 that are needed`},
		{names(`{"name": "x", "covers": ["c"]}`), `mapping.names[0].covers[0]: "c" is not known; allowed are a, b, won, lost`},
		{names(`{"name": "x", "covers": ["b", "a"]}`), `mapping.names[0].covers[1]: "a" stands before an earlier stage, or twice`},
		{names(`{"name": "x", "covers": ["won", "lost"]}`), `mapping.names[0].covers[0]: "won" stands beside other stages; a deal that has ended is in none`},
		{names(`{"name": "x", "covers": ["a"]}, {"name": "x", "covers": ["b"]}`), `mapping.names[1].name: "x" is taken; each stands once, and won and lost are no stages of a playbook`},
		{strings.Replace(minimal, `"a", "b"`, `"b", "won"`, 1), `mapping.stages[1]: "won" is taken; each stands once, and won and lost are no stages of a playbook`},
		{names(`{"name": " ", "covers": ["a"]}`), `mapping.names[0].name: " " says nothing`},
		{strings.Replace(minimal, `"a", "b"`, `"a", "a"`, 1), `mapping.stages[1]: "a" stands twice`},
		{strings.Replace(minimal, `"source": "o"`, `"source": null`, 1), `mapping.source: nothing stands here; the member is needed`},
		{strings.Replace(minimal, `"system"`, `"System"`, 1), `mapping.System: the member is not known; allowed are names, note, source, stages, system`},
		{strings.Repeat(" ", 300<<10), `mapping: 307200 bytes are above the limit of 262144`},
	} {
		_, err := mapping.Parse([]byte(c.doc))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%.100s:\n%v\nwant %s", c.doc, err, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(minimal))
	for _, s := range systems {
		f.Add(s.Document())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := mapping.Parse(data)
		if err != nil {
			return
		}
		for _, theirs := range m.Names() {
			s, err := m.Import(theirs)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := m.Export(s); err != nil {
				t.Fatalf("%q imports as %q, which has no way back: %v", theirs, s, err)
			}
		}
	})
}

// The stages and statuses in real payloads are names of the mappings; without the data the
// test is skipped.
func TestNamesInRealPayloadsAreKnown(t *testing.T) {
	read := func(folder string, names func(string) []string, system mapping.System) {
		files, _ := filepath.Glob("../../../shared/data/" + folder + "/*.json")
		if len(files) == 0 {
			t.Skip("no shared data beside the checkout")
		}
		m, found := shipped(t, system), 0
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, theirs := range names(string(data)) {
				found++
				if s, err := m.Import(theirs); err != nil {
					t.Errorf("%s: %v", file, err)
				} else if _, err := m.Export(s); err != nil {
					t.Errorf("%s: %v", file, err)
				}
			}
		}
		if found < 3 {
			t.Errorf("only %d names found in %s", found, folder)
		}
	}
	read("aws-ace", func(data string) []string { return append(members(data, "stage"), members(data, "Stage")...) }, mapping.AWSPartnerCentral)
	read("ms-referrals", func(data string) []string {
		status, sub := members(data, "status"), members(data, "substatus")
		for i := range sub {
			sub[i] = status[i] + "/" + sub[i]
		}
		return append(sub, "New", "Active")
	}, mapping.MicrosoftPartnerCenter)
}

// members returns the texts of every member of this name in a document, wherever it
// stands, in order.
func members(data, name string) []string {
	var found []string
	decoder := json.NewDecoder(strings.NewReader(data))
	last := ""
	for {
		token, err := decoder.Token()
		if err != nil {
			return found
		}
		text, ok := token.(string)
		if ok && last == name {
			found = append(found, text)
		}
		last = text
	}
}

// The name of the other system comes from a file: a message quotes it.
func TestMessageQuotesTheNameOfTheSystem(t *testing.T) {
	m, err := mapping.Parse([]byte(`{"system":"a\u001bb","source":"","stages":["one"],"names":[{"name":"End","covers":["won"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	_, err = m.Export("one")
	const want = `"one" has no name in "a\x1bb", and no earlier stage has one`
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
