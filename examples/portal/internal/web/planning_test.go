package web_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coselling/coselling/examples/portal/internal/store"
)

// releases sends a list of accounts for comparison with a company.
func (b *browser) releases(status int, with, list string) string {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	if err := w.WriteField("with", with); err != nil {
		b.t.Fatal(err)
	}
	file, err := w.CreateFormFile("list", "list.csv")
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := file.Write([]byte(list)); err != nil {
		b.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.URL+"/planning", &body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	answer, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(answer.Body); err != nil {
		b.t.Fatal(err)
	}
	if answer.StatusCode != status {
		b.t.Fatalf("status %d, want %d\n%s", answer.StatusCode, status, text.String())
	}
	return text.String()
}

const (
	partnersList = "\ufeffName;Domain;Strategic\n" +
		"partner-calder;www.calder-rail.com;yes\nHarbour Foods Ltd;;\npartner-secret;partner-secret.com;yes\n;;\n"
	vendorsList = "domain,name,country\n" +
		"calder-rail.com,=vendor-calder,DE\ncalder-rail.com shop.calder-rail.com,vendor-calder two,\n,Harbour Foods,\n" +
		"vendor-secret.com,vendor-secret,US\n"
)

// reg.joint_plan: lists are compared once both companies have released theirs. Each sees its own rows that both have;
// similar names go to the vendor; another partner sees nothing, and the lists are forgotten.
func TestListsAreComparedOnceBothAreReleased(t *testing.T) { both(t, comparedOnceReleased) }

func comparedOnceReleased(t *testing.T, p *portal) {
	ana, noor := p.as("ana@acme.example"), p.as("noor@lumen.example")
	ana.expect("the first release", ana.releases(http.StatusOK, "Lumen", partnersList), "released, with 3 accounts",
		"Your list waits for that of Lumen.", "release 2 more")
	if page := noor.get(http.StatusOK, "/planning"); strings.Contains(page, "partner-") {
		t.Errorf("the vendor reads a list that waits:\n%s", page)
	}
	partner := noor.releases(http.StatusOK, "Acme", vendorsList)
	noor.expect("the vendor's page", partner, "=vendor-calder", "vendor-calder two", "On both lists", "Perhaps the same",
		"Harbour Foods", "one of you calls it strategic")
	page := ana.get(http.StatusOK, "/planning")
	ana.expect("the partner's page", page, "partner-calder", "On both lists", "one of you calls it strategic")
	for what, text := range map[string]string{"vendor": partner, "partner": page} {
		for marker, whose := range map[string]string{"partner-": "vendor", "vendor-": "partner", "secret": what,
			"Harbour": "partner", "Perhaps": "partner", "Ltd": "vendor"} {
			if whose == what && strings.Contains(text, marker) {
				t.Errorf("the %s reads %q:\n%s", what, marker, text)
			}
		}
	}
	if page := p.as("bea@bolt.example").get(http.StatusOK, "/planning"); strings.Contains(page, "calder") {
		t.Errorf("another partner reads:\n%s", page)
	}
	p.as("bea@bolt.example").get(http.StatusNotFound, "/planning.csv?with=Lumen")
	file := noor.get(http.StatusOK, "/planning.csv?with=Acme")
	const want = "name,country,domain,strategic,match\n'=vendor-calder,DE,calder-rail.com,yes,same\n" +
		"vendor-calder two,,calder-rail.com shop.calder-rail.com,yes,same\nHarbour Foods,,,,perhaps the same\n"
	if file != want {
		t.Errorf("%s", file)
	}
	noor.expect("a new list", noor.releases(http.StatusOK, "Acme", vendorsList), "Your list waits for that of Acme.")
}

// Lists that name one account again and again have no more rows in common than they have rows.
func TestRowsInCommonAreNoMoreThanThoseOfTheLists(t *testing.T) {
	db, err := store.OpenSQLite(filepath.Join(t.TempDir(), "portal.db"))
	if err != nil {
		t.Fatal(err)
	}
	p := newPortalOn(t, db)
	list := "name\n" + strings.Repeat("Same Company\n", 300)
	p.as("ana@acme.example").releases(http.StatusOK, "Lumen", list)
	p.as("noor@lumen.example").releases(http.StatusOK, "Acme", list)
	var size int
	if err := db.QueryRow("SELECT length(common) FROM portal_overlap").Scan(&size); err != nil || size > 20*len(list) {
		t.Errorf("%d bytes are kept of %d, %v", size, len(list), err)
	}
}

// Two lists that are released at once are compared, whichever comes first.
func TestListsAreReleasedAtOnce(t *testing.T) { both(t, releasedAtOnce) }

func releasedAtOnce(t *testing.T, p *portal) {
	ana, noor := p.as("ana@acme.example"), p.as("noor@lumen.example")
	var all sync.WaitGroup
	all.Go(func() { ana.releases(http.StatusOK, "Lumen", partnersList) })
	all.Go(func() { noor.releases(http.StatusOK, "Acme", vendorsList) })
	all.Wait()
	ana.expect("the page", ana.get(http.StatusOK, "/planning"), "Compared on", "partner-calder", "release 2 more")
}

// No cell of the file runs as a formula, under whatever separator it is opened.
func TestNoCellOfTheFileRuns(t *testing.T) {
	p := newPortal(t)
	ana, noor := p.as("ana@acme.example"), p.as("noor@lumen.example")
	names := []string{"=1+1", "a;=1+1", "\u200b=1+1", "\x01=1+1", " @x", "\"\t=1\"", "+49"}
	var list strings.Builder
	list.WriteString("name,domain\n")
	for i, name := range names {
		list.WriteString(fmt.Sprintf("%s,company%d.com\n", name, i))
	}
	ana.releases(http.StatusOK, "Lumen", list.String())
	noor.releases(http.StatusOK, "Acme", list.String())
	file := ana.get(http.StatusOK, "/planning.csv?with=Lumen")
	for _, cell := range []string{"\n'=1+1,", "\n\"a;=1+1\",", "\n'\u200b=1+1,", "\n'\x01=1+1,", "\n'@x,", "\n'=1,", "\n'+49,"} {
		if !strings.Contains(file, cell) {
			t.Errorf("the file does not have %q:\n%q", cell, file)
		}
	}
}

// Three lists a month, so that nobody finds out the other's list by asking again and again.
func TestThreeListsAMonth(t *testing.T) {
	p := newPortal(t)
	ana := p.as("ana@acme.example")
	for range 3 {
		ana.releases(http.StatusOK, "Lumen", partnersList)
	}
	ana.expect("the fourth", ana.releases(http.StatusUnprocessableEntity, "Lumen", partnersList), "released three lists")
	ana.releases(http.StatusNotFound, "Bolt", partnersList)
	p.now = p.now.Add(31 * 24 * time.Hour)
	ana = p.as("ana@acme.example")
	ana.releases(http.StatusOK, "Lumen", partnersList)
}

// A list that cannot be read is refused whole, with its lines, and counts for nothing.
func TestAListThatCannotBeReadIsRefused(t *testing.T) {
	p := newPortal(t)
	ana := p.as("ana@acme.example")
	for list, want := range map[string]string{
		"":                                       "The list has no rows.",
		"name\n":                                 "The list has no rows.",
		"name,<b>\nx,y\n":                        "The column “&lt;b&gt;” stands twice or is not known; columns are name, country, domain, strategic.",
		"country,strategic\nDE,yes\n":            "needs the column name or domain",
		"name,domain\nx,y,z\n":                   "Line 2: it has 3 cells, and the head has 2.",
		"name,strategic\n\nx,perhaps\ny,maybe\n": "Line 4: “maybe” does not say whether it is strategic",
		"name,country\nx,GERMANY\n":              "Line 2: country ",
		"name,domain\nx,not a host!\ny,com\n":    "Line 3: ",
		"name\n\"x\n":                            "is no line of a CSV file",
		"name\n" + strings.Repeat("x\n", 10_001): "more than 10000 rows",
	} {
		page := ana.releases(http.StatusUnprocessableEntity, "Lumen", list)
		ana.expect("the refusal", page, want, "Nothing of it was stored.", "release 3 more")
	}
	ana.expect("six megabytes", ana.releases(http.StatusRequestEntityTooLarge, "Lumen", strings.Repeat("name,\n", 1<<20)),
		"a list of accounts five")
	ana.post(http.StatusBadRequest, "/planning", "with", "Lumen")
}
