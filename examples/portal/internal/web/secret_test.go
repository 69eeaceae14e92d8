package web_test

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/testdb"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// marker is a text that was planted in a world, with the companies that may read it.
type marker struct {
	kind, text string
	readers    []string
}

// world is a portal in which people do things at random.
type world struct {
	*portal
	*rand.Rand
	markers []marker
	seen    map[string]int // by kind: how often a company that may read a marker did
	leaks   []string
	people  []*person       // a rep of each partner first
	pages   map[string]bool // all addresses that anybody was shown
	feeds   int             // tasks in calendar feeds
}

// person is somebody of the world with a browser, in which every answer is searched for what is not theirs to read.
type person struct {
	*browser
	store.User
	world *world
	led   map[string]bool // the addresses of the pages to which they were led
}

// RoundTrip sends a request and searches every byte of the answer.
func (p *person) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	// lines of a calendar are folded
	text := fmt.Sprint(answer.Header) + strings.ReplaceAll(html.UnescapeString(string(body)), "\r\n ", "")
	for _, m := range p.world.markers {
		switch {
		case !strings.Contains(text, m.text):
		case slices.Contains(m.readers, p.Party.Org):
			p.world.seen[m.kind]++
		default:
			p.world.leaks = append(p.world.leaks, fmt.Sprintf("%s of %s reads the %s %q of %v at %s %s", p.Name,
				p.Party.Org, m.kind, m.text, m.readers, r.Method, r.URL.Path))
		}
	}
	return answer, nil
}

// plant returns a new text that only some companies may read.
func (w *world) plant(kind string, readers ...string) string {
	text := fmt.Sprintf("zq%dx%d", len(w.markers), w.IntN(1e6))
	w.markers = append(w.markers, marker{kind, text, readers})
	return text
}

// number plants a text of digits.
func (w *world) number(kind, format string, readers ...string) string {
	text := fmt.Sprintf(format, 1000+w.IntN(8999))
	w.markers = append(w.markers, marker{kind, text, readers})
	return text
}

// money plants an amount, as programs and as people write it.
func (w *world) money(kind, format string, readers ...string) value.Money {
	text := w.number(kind, format, readers...)
	amount := value.MustMoney(text)
	w.markers = append(w.markers, marker{kind, strings.TrimSuffix(text, " USD"), readers},
		marker{kind, amount.Grouped(), readers})
	return amount
}

func newWorld(t *testing.T, p *portal, seed uint64) *world {
	w := &world{portal: p, Rand: rand.New(rand.NewPCG(seed, 1)), seen: map[string]int{}, pages: map[string]bool{}}
	for _, email := range []string{"ana@acme.example", "bea@bolt.example", "mia@acme.example", "bo@lumen.example",
		"noor@lumen.example"} {
		who, _, err := w.store.UserByEmail(t.Context(), email)
		if err != nil {
			t.Fatal(err)
		}
		p := &person{browser: w.as(email), User: who, world: w, led: map[string]bool{}}
		p.client.Transport = p
		w.people = append(w.people, p)
	}
	return w
}

// sell opens a deal of a partner with the pay of both sides, on an account that the other partner may want as well.
func (w *world) sell(t *testing.T, p *person) {
	vendor, own := sample.Lumen.Org, p.Party.Org
	account := w.plant("account", own, vendor)
	amount := w.money("amount", "1%d.57 USD", own, vendor)
	pays := func(rep string, party model.Party, role comp.Role) comp.Payee {
		rate := value.MustPercent(w.number("rate", "7.%d%%", party.Org))
		payee := comp.Payee{Rep: rep, Party: party, Role: role, Rate: rate}
		if role == comp.Supporting {
			payee.Contribution = comp.TechnicalValidation
		}
		return payee
	}
	facts := coselling.Deal{Account: account, Amount: amount, Signals: model.Signals{Source: model.FromPartner},
		PartnerQuota: w.money("quota", "2%d.11 USD", own), VendorQuota: w.money("quota", "3%d.13 USD", vendor),
		Team:   model.Team{Reps: []model.Rep{{ID: p.Rep, Party: p.Party}, {ID: "bo", Party: sample.Lumen}}},
		Payees: []comp.Payee{pays(p.Rep, p.Party, comp.Primary), pays("bo", sample.Lumen, comp.Supporting)}}
	site := fmt.Sprintf("company%d.com", w.IntN(3))
	answer, err := w.store.Register(t.Context(), p.User, registration.Filing{Key: account,
		Account: matching.Account{Name: account, Domains: []string{site}}}, facts)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Deal == "" {
		return
	}
	seen, err := w.store.Deal(t.Context(), p.User, answer.Deal)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range seen.View.Credit.Lines {
		w.markers = append(w.markers, marker{"commission", l.Commission.Grouped(), []string{l.Party.Org}})
	}
	blocker := deal.Change{Blocker: deal.Blocker{Kind: escalation.PricingNegotiation, Internal: true,
		Note: w.plant("note", own)}}
	if _, err := w.store.Change(t.Context(), p.User, answer.Deal, seen.Version, blocker); err != nil {
		t.Fatal(err)
	}
}

var (
	anyForm  = regexp.MustCompile(`(?s)<form[^>]*method="post" action="([^"]+)".*?</form>`)
	anyInput = regexp.MustCompile(`<(input|button)[^>]*name="([\w-]+)"(?:[^>]*?type="(\w+)")?[^>]*`)
	anyValue = regexp.MustCompile(`value="([^"]*)"`)
	choices  = regexp.MustCompile(`(?s)<select[^>]*name="(\w+)".*?</select>`)
	link     = regexp.MustCompile(`(?:href|data-hx-get)="(/[^"#]*)"`)
)

// act fills in a form of a page at random and sends it.
func (p *person) act(t *testing.T, page string, readers ...string) {
	forms := anyForm.FindAllStringSubmatch(p.ask(t, http.MethodGet, page, nil), -1)
	forms = slices.DeleteFunc(forms, func(f []string) bool { return f[1] == "/sign-out" || strings.HasPrefix(f[1], "/what-if") })
	if len(forms) == 0 {
		return
	}
	form := forms[p.world.IntN(len(forms))]
	values := url.Values{}
	for _, in := range anyInput.FindAllStringSubmatch(form[0], -1) {
		given := anyValue.FindStringSubmatch(in[0])
		switch {
		case in[3] == "date":
			values.Set(in[2], p.world.now.AddDate(0, 0, 20).Format(time.DateOnly))
		case given != nil && given[1] != "" && (in[3] != "radio" || p.world.IntN(2) == 0):
			values.Set(in[2], html.UnescapeString(given[1]))
		case in[3] != "radio":
			values.Set(in[2], p.world.plant("text", readers...))
		}
	}
	for _, in := range choices.FindAllStringSubmatch(form[0], -1) {
		options := anyValue.FindAllStringSubmatch(in[0], -1)
		values.Set(in[1], html.UnescapeString(options[p.world.IntN(len(options))][1]))
	}
	p.ask(t, http.MethodPost, form[1], values)
	p.world.now = p.world.now.Add(time.Duration(1+p.world.IntN(40)) * time.Hour)
}

// ask sends a request and returns the text of the answer, whatever it is.
func (p *person) ask(t *testing.T, method, path string, values url.Values) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, p.URL+path, strings.NewReader(values.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", p.URL)
	}
	answer, err := p.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode >= 500 {
		t.Errorf("%s %s: status %d", method, path, answer.StatusCode)
	}
	return string(text)
}

// crawl opens every page to which a person is led.
func (p *person) crawl(t *testing.T) {
	todo := []string{"/"}
	for len(todo) > 0 && len(p.led) < 200 {
		path := html.UnescapeString(todo[0])
		if todo = todo[1:]; p.led[path] {
			continue
		}
		p.led[path], p.world.pages[path] = true, true
		for _, l := range link.FindAllStringSubmatch(p.ask(t, http.MethodGet, path, nil), -1) {
			if !strings.HasPrefix(l[1], "/static/") && !strings.Contains(l[1], "wasm") {
				todo = append(todo, l[1])
			}
		}
	}
}

// pry opens the pages to which only others were led.
func (p *person) pry(t *testing.T) {
	for path := range p.world.pages {
		if !p.led[path] {
			p.ask(t, http.MethodGet, path, nil)
		}
	}
}

// view.side, reg.confidential: whatever people do, no byte of an answer to one company has what is another's alone.
func TestNoAnswerHasWhatIsAnothersAlone(t *testing.T) {
	seen := map[string]int{}
	t.Run("SQLite", func(t *testing.T) { noSecretsIn(t, people.SQLite, seen, 0, 1) })
	t.Run("PostgreSQL", func(t *testing.T) { noSecretsIn(t, people.Postgres, seen, 2) })
	for _, kind := range []string{"account", "amount", "rate", "commission", "note", "text"} {
		if seen[kind] == 0 {
			t.Errorf("nobody reads any %s, so that the test says nothing about it", kind)
		}
	}
}

func noSecretsIn(t *testing.T, at func(testing.TB) testdb.Place, seen map[string]int, seeds ...uint64) {
	for _, seed := range seeds {
		w := newWorld(t, newPortalOn(t, at(t).Open(t)), seed)
		for range 4 {
			w.sell(t, w.people[w.IntN(2)])
			w.now = w.now.Add(time.Hour)
		}
		for range 24 {
			p := w.people[w.IntN(len(w.people))]
			pages := []string{"/pay", "/inbox", "/escalations"}
			list, err := w.store.Deals(t.Context(), p.User, store.Query{})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range list.Deals {
				pages = append(pages, "/deals/"+d.View.Deal, "/deals/"+d.View.Deal, "/deals/"+d.View.Deal+"/move")
			}
			page, readers := pages[w.IntN(len(pages))], []string{p.Party.Org, sample.Lumen.Org}
			for _, d := range list.Deals {
				if strings.HasPrefix(page, "/deals/"+d.View.Deal) {
					readers = append(readers, w.partnerOf(t, d.View.Deal))
				}
			}
			if page == "/inbox" { // the partner reads the reason
				readers = []string{sample.Lumen.Org, sample.Acme.Org, sample.Bolt.Org}
			}
			p.act(t, page, readers...)
		}
		for _, p := range w.people {
			p.crawl(t)
		}
		for _, p := range w.people {
			p.pry(t)
			p.ask(t, http.MethodGet, "/what-if/question.json", nil)
			p.ask(t, http.MethodPost, "/what-if.csv", nil)
			w.feeds += strings.Count(p.ask(t, http.MethodGet, p.feed(), nil), "SUMMARY:zq")
		}
		slices.Sort(w.leaks)
		for _, leak := range slices.Compact(w.leaks) {
			t.Errorf("world %d: %s", seed, leak)
		}
		if w.feeds == 0 {
			t.Errorf("world %d: no calendar has an account", seed)
		}
		for kind, n := range w.seen {
			seen[kind] += n
		}
	}
}

// partnerOf returns the partner of a deal.
func (w *world) partnerOf(t *testing.T, id string) string {
	for _, p := range w.people[:2] {
		if _, err := w.store.Deal(t.Context(), p.User, id); err == nil {
			return p.Party.Org
		}
	}
	t.Fatal("a deal without a partner")
	return ""
}
