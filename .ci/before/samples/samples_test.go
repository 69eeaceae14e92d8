//go:build before

// Package coselling_test writes the samples from which documents are made. It is copied
// into the root of the program as it was, whose test generators it uses.
package coselling_test

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/compgen"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/bookgen"
	"github.com/coselling/coselling/internal/factgen"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/stage/mapping"
	"github.com/coselling/coselling/value"
)

// pool holds the samples of each kind, without repetitions.
type pool map[string]*samples

type samples struct {
	list [][]byte
	seen map[string]bool
}

func (p pool) add(kind string, document []byte) {
	s := p[kind]
	if s == nil {
		s = &samples{seen: map[string]bool{}}
		p[kind] = s
	}
	if !s.seen[string(document)] {
		s.seen[string(document)] = true
		s.list = append(s.list, document)
	}
}

func (p pool) write(t *testing.T, folder string) {
	for kind, s := range p {
		var b []byte
		rand.New(rand.NewPCG(1, 1)).Shuffle(len(s.list), func(i, j int) { s.list[i], s.list[j] = s.list[j], s.list[i] })
		for _, document := range s.list {
			b = append(binary.LittleEndian.AppendUint32(b, uint32(len(document))), document...)
		}
		if err := os.WriteFile(filepath.Join(folder, kind), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// text is the JSON form of a value.
func text(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("%T: %v", v, err)
	}
	return b
}

// examples adds values that a generator draws.
func examples[T any](t *testing.T, p pool, kind string, count int, g *rapid.Generator[T]) {
	for seed := range count {
		v := any(g.Example(seed + 1))
		if c, ok := v.(interface{ Check() error }); ok && c.Check() != nil {
			continue
		}
		p.add(kind, text(t, v))
	}
}

func TestSamples(t *testing.T) {
	folder := os.Getenv("COSELLING_SAMPLES")
	if folder == "" {
		t.Skip("COSELLING_SAMPLES names no folder")
	}
	p := pool{}
	facts(t, p)
	policies(t, p)
	bounds(t, p)
	views(t, p)
	files(t, p)
	harvested(t, p, os.Getenv("COSELLING_HARVEST"))
	for _, s := range plain {
		p.add("texts", []byte(s))
	}
	p.write(t, folder)
}

func facts(t *testing.T, p pool) {
	examples(t, p, "deal", 300, deals())
	examples(t, p, "record", 300, records())
	e := engine(t)
	for seed := range 60 {
		w := rapid.Custom(func(t *rapid.T) *world { return draw(t, e) }).Example(seed + 1)
		p.add("deal", text(t, w.deal))
		p.add("record", text(t, w.record))
	}
	examples(t, p, "blocker", 200, blockers())
	examples(t, p, "model.party", 30, factgen.Party())
	examples(t, p, "model.person", 50, factgen.Person())
	examples(t, p, "model.consent", 50, factgen.Consent())
	examples(t, p, "model.signals", 100, factgen.Signals())
	examples(t, p, "model.team", 200, factgen.Team())
	for seed := range 200 {
		for _, rep := range factgen.Team().Example(seed + 1).Reps {
			p.add("model.rep", text(t, rep))
		}
	}
	examples(t, p, "value.money", 100, factgen.Money())
	examples(t, p, "registration.claim", 300, factgen.Claim())
	examples(t, p, "registration.scope", 100, factgen.Scope())
	examples(t, p, "comp.payee", 200, factgen.Payee())
	examples(t, p, "comp.booking", 200, factgen.Booking())
	examples(t, p, "stage.opening", 100, factgen.Opening())
	examples(t, p, "stage.fact", 200, factgen.Fact())
	examples(t, p, "stage.event", 300, factgen.Event())
	for seed := range 200 {
		for _, o := range factgen.Event().Example(seed + 1).Overrides {
			p.add("stage.override", text(t, o))
		}
	}
	examples(t, p, "comms.person", 100, factgen.Member())
	examples(t, p, "comms.activity", 300, factgen.Activity())
	examples(t, p, "escalation.event", 50, factgen.Handled())
}

func policies(t *testing.T, p pool) {
	books := []coselling.Book{coselling.DefaultBook(), book()}
	for seed := range 40 {
		books = append(books, bookgen.AnyBook().Example(seed+1))
	}
	for _, b := range books {
		p.add("book", text(t, b))
		p.add("model.matrix", text(t, b.Roles))
		p.add("comp.policy", text(t, b.Comp))
		p.add("stage.policy", text(t, b.Stage))
		p.add("registration.policy", text(t, b.Registration))
		p.add("escalation.policy", text(t, b.Escalation))
		p.add("comms.policy", text(t, b.Comms))
	}
	p.add("model.matrix", text(t, model.DefaultMatrix()))
	p.add("stage.policy", text(t, stage.DefaultPolicy()))
	p.add("comms.policy", text(t, comms.DefaultPolicy()))
	p.add("registration.policy", text(t, registration.DefaultPolicy("us", "olga", "omar")))
	examples(t, p, "comp.policy", 200, compgen.AnyPolicy())
	examples(t, p, "comp.history", 100, compgen.AnyHistory(compgen.DefaultScope()))
	p.add("escalation.roster", text(t, roster()))
	for s := mapping.AWSPartnerCentral; s <= mapping.Dynamics365; s++ {
		p.add("stage.mapping", s.Document())
	}
	for seed := range 60 {
		p.add("comp.partial", text(t, partial(t, seed+1)))
		p.add("escalation.roster", text(t, rosters().Example(seed+1)))
		p.add("escalation.case", text(t, cases(t, seed+1)))
	}
}

// partial compares two policies over a ledger.
func partial(t *testing.T, seed int) impact.Partial {
	before, after := compgen.AnyPolicy().Example(seed), compgen.AnyPolicy().Example(seed+1)
	plans := [2]*comp.Plan{}
	for i, policy := range []comp.Policy{before, after} {
		plan, err := comp.Compile(policy)
		if err != nil {
			t.Fatal(err)
		}
		plans[i] = plan
	}
	c, err := impact.New(plans[0], plans[1], impact.ByCurrency(), impact.LeaveOutUnpriced())
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range compgen.AnyLedger(compgen.DefaultScope(), before, after).Example(seed).Bookings {
		if err := c.Add(b); err != nil {
			t.Fatal(err)
		}
	}
	p, err := c.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// rosters are rosters with absences.
func rosters() *rapid.Generator[escalation.Roster] {
	return rapid.Custom(func(t *rapid.T) escalation.Roster {
		r := roster()
		for i := range r.People {
			if rapid.Bool().Draw(t, "away") {
				from, _ := value.MustDate("2026-11-02").AddDays(rapid.IntRange(0, 90).Draw(t, "from"))
				until, _ := from.AddDays(rapid.IntRange(0, 20).Draw(t, "days"))
				r.Absences = append(r.Absences, escalation.Absence{Name: r.People[i].Name, From: from, Until: until, StandIn: rapid.SampledFrom([]string{"", "zoe"}).Draw(t, "stand-in")})
			}
		}
		r.People = append(r.People, escalation.Member{Name: "zoe", Party: us}, escalation.Member{Name: "zoe", Party: us, Functions: []escalation.Function{escalation.Executive}})
		r.People = r.People[:len(r.People)-rapid.IntRange(0, 2).Draw(t, "fewer")]
		return r
	})
}

// cases makes a case live for a while.
func cases(t *testing.T, seed int) escalation.Case {
	routes, err := escalation.Compile(escalation.DefaultPolicy(), roster())
	if err != nil {
		t.Fatal(err)
	}
	return rapid.Custom(func(t *rapid.T) escalation.Case {
		d := escalation.Deal{ID: "D-1", Size: model.Standard, PartnerLead: "ana", VendorLead: "bo", PartnerExecutive: "acme_executive", VendorExecutive: "us_executive", ExecutivesAt: day1, ActiveSince: day1}
		kind := rapid.SampledFrom([]escalation.Kind{escalation.Scheduling, escalation.InternalCoordination, escalation.ContractIssue, escalation.PricingNegotiation}).Draw(t, "kind")
		at, by := day1.Add(30*time.Minute), model.Person{Name: "ana", Party: acme}
		c, err := routes.Raise(escalation.Case{}, escalation.Blocker{Deal: d, Kind: kind, Raised: at, By: by, Note: factgen.Text().Draw(t, "note")})
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 6).Draw(t, "steps") {
			at = at.AddDate(0, 0, rapid.IntRange(0, 9).Draw(t, "days"))
			event := escalation.Event{By: by, At: at, Note: "on it"}
			next, err := c, error(nil)
			switch rapid.IntRange(0, 2).Draw(t, "act") {
			case 0:
				next, err = routes.Acknowledge(c, d, event)
			case 1:
				next, err = routes.Resolve(c, d, event)
			default:
				next, err = routes.Raise(c, escalation.Blocker{Deal: d, Kind: kind, Raised: at, By: by})
			}
			if err == nil {
				c = next
			}
		}
		return c
	}).Example(seed)
}

// files adds every JSON file of the tree to the kinds that read it.
func files(t *testing.T, p pool) {
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".json") {
			return err
		}
		document, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for kind, reads := range readers {
			if len(document) < 1<<20 && reads(document) {
				p.add(kind, document)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// harvested adds the documents that the tests of the program as it was have read, under
// the types into which they were read.
func harvested(t *testing.T, p pool, folder string) {
	for typeName, kind := range typesOf {
		files, err := filepath.Glob(filepath.Join(folder, typeName, "*"))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 0 {
			t.Errorf("no test has read a %s", typeName)
		}
		for _, file := range files {
			document, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p.add(kind, document)
		}
	}
}

// bounds adds documents at a bound whose parts depend on each other, so that no part can
// just be repeated.
func bounds(t *testing.T, p pool) {
	for _, n := range []int{99, 100, 101} {
		var tiers []string
		for i := range n {
			tier := fmt.Sprintf(`{"from":"%d%%","to":"%d%%","rate":"5%%"}`, i, i+1)
			tiers = append(tiers, tier)
		}
		tiers[n-1] = fmt.Sprintf(`{"from":"%d%%","rate":"5%%"}`, n-1)
		table := `"tables":{"a":{"measure":"attainment","method":"marginal","tiers":[` + strings.Join(tiers, ",") + `]}}`
		p.add("comp.policy", []byte(strings.Replace(string(text(t, comp.DefaultPolicy())), `"tables":{}`, table, 1)))
	}
	for _, n := range []int{399, 400, 401} {
		var versions []string
		for i := range n {
			from := fmt.Sprintf("%d-%02d-01", 2026+i/4, 1+i%4*3)
			versions = append(versions, fmt.Sprintf(`{"id":"v%d","from":%q,"policy":%s}`, i, from, text(t, comp.DefaultPolicy())))
		}
		history := `{"fiscal_year":"january","dated_by":"closing","versions":[` + strings.Join(versions, ",") + `],"corrections":[]}`
		p.add("comp.history", []byte(history))
	}
}
