package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// owned is a portal with a deal of Acme on an account that the vendor has approved.
type owned struct {
	*portal
	ana, bea, bo, noor *browser
	page               string // the path of the deal
}

func newOwned(t *testing.T) *owned {
	t.Helper()
	return newPortal(t).owned()
}

func (p *portal) owned() *owned {
	p.t.Helper()
	o := &owned{p, p.as("ana@acme.example"), p.as("bea@bolt.example"), p.as("bo@lumen.example"),
		p.as("noor@lumen.example"), ""}
	o.ana.registers(http.StatusOK, "Hooli", "hooli.com")
	claim := regexp.MustCompile(`action="(/inbox/[^"]+)"`).FindStringSubmatch(o.noor.get(http.StatusOK, "/inbox"))
	o.noor.post(http.StatusOK, claim[1], "do", "approve")
	o.page = regexp.MustCompile(`href="(/deals/[^"?]+)"`).FindStringSubmatch(o.ana.get(http.StatusOK, "/deals"))[1]
	p.now = p.now.Add(time.Hour)
	return o
}

var (
	actForm = regexp.MustCompile(`(?s)action="/deals/\w+/do">.*?</form>`)
	hidden  = regexp.MustCompile(`name="(\w+)" value="([^"]*)"`)
)

// act returns the fields of the form whose button does something on the page of the deal.
func (o *owned) act(b *browser, what string) []string {
	o.t.Helper()
	for _, form := range actForm.FindAllString(b.get(http.StatusOK, o.page), -1) {
		if strings.Contains(form, what) {
			var pairs []string
			for _, field := range hidden.FindAllStringSubmatch(form, -1) {
				pairs = append(pairs, field[1], field[2])
			}
			return pairs
		}
	}
	o.t.Fatalf("no form does %q:\n%s", what, b.get(http.StatusOK, o.page))
	return nil
}

// version returns the version that the page of the deal shows.
func (o *owned) version(b *browser) string {
	o.t.Helper()
	return regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(b.get(http.StatusOK, o.page+"/move"))[1]
}

// next.remedy: the page of a deal has a button for what the portal can do, and the button does it.
func TestADealSaysWhatToDoNextAndAButtonDoesIt(t *testing.T) {
	o := newOwned(t)
	page := o.ana.get(http.StatusOK, o.page)
	o.ana.expect("the page", page, "<h1>Hooli</h1>", "18,000 USD", "Day 1 of 30", `<svg`, "Held by", "the partner",
		"set the engagement model to partner-led")
	done := o.ana.post(http.StatusOK, o.page+"/do", o.act(o.ana, "set the engagement model to partner-led")...)
	o.ana.expect("the answer", done, "Done: set the engagement model to partner-led", "ana, Acme", "engagement model set: Partner-led")
	if strings.Contains(done, `style=`) || strings.Contains(done, "{") {
		t.Errorf("the page has styles or a template in it:\n%s", done)
	}
	vendor := o.bo.get(http.StatusOK, o.page)
	o.bo.expect("the vendor's page", vendor, "ana, Acme", "engagement model set: Partner-led")
}

// Two people of one version of a deal: the first changes it, the other reads what happened, and nothing of theirs is
// stored.
func TestTwoPeopleMoveOneDealAndTheSecondSeesWhy(t *testing.T) { both(t, secondSeesWhy) }

func secondSeesWhy(t *testing.T, p *portal) {
	o := p.owned()
	o.ana.post(http.StatusOK, o.page+"/do", o.act(o.ana, "set the engagement model to partner-led")...)
	seen := o.version(o.bo)
	o.ana.post(http.StatusOK, o.page+"/move", "verb", "hold", "version", seen, "reason", "the buyer is away")
	late := o.ana.post(http.StatusConflict, o.page+"/move", "verb", "lose", "version", seen, "reason", "too <late>")
	o.ana.expect("the page of the second", late, "The deal has changed since you opened the page", "ana, Acme: put on hold",
		"put on hold", "the buyer is away", `value="too &lt;late&gt;"`)
	late = o.bo.post(http.StatusConflict, o.page+"/do", "version", seen, "action", "gate.tasks x")
	o.bo.expect("the page of the third", late, "put on hold")
	if page := o.ana.get(http.StatusOK, o.page); strings.Contains(page, ">lost") {
		t.Errorf("the late move was stored:\n%s", page)
	}
}

// Of ten who move a deal at the same instant one wins.
func TestOfTenWhoMoveADealAtOnceOneWins(t *testing.T) { both(t, oneOfTenWins) }

func oneOfTenWins(t *testing.T, p *portal) {
	o := p.owned()
	o.ana.post(http.StatusOK, o.page+"/do", o.act(o.ana, "set the engagement model to partner-led")...)
	seen := o.version(o.ana)
	var all sync.WaitGroup
	won := make(chan int, 10)
	for range cap(won) {
		all.Go(func() {
			form := url.Values{"verb": {"hold"}, "version": {seen}}
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, o.URL+o.page+"/move",
				strings.NewReader(form.Encode()))
			if err != nil {
				t.Error(err)
				return
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Origin", o.URL)
			answer, err := o.ana.client.Do(r)
			if err != nil {
				t.Error(err)
				return
			}
			answer.Body.Close()
			if won <- answer.StatusCode; answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusConflict {
				t.Errorf("status %d", answer.StatusCode)
			}
		})
	}
	all.Wait()
	close(won)
	n := 0
	for status := range won {
		if status == http.StatusOK {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d have won, want 1", n)
	}
}

// next.try: what would be refused stands on the page before the button, and there is no button for it.
func TestAMoveThatWouldBeRefusedSaysWhyAndHasNoButton(t *testing.T) {
	o := newOwned(t)
	o.ana.post(http.StatusOK, o.page+"/do", o.act(o.ana, "set the engagement model to partner-led")...)
	page := o.ana.get(http.StatusOK, o.page+"/move")
	advance, _, _ := strings.Cut(page[strings.Index(page, `id="advance"`):], "</section>")
	o.ana.expect("the advance", advance, "Move on to Discovery", "Not now:", "<li>")
	if strings.Contains(advance, "<button") {
		t.Errorf("a button for what is refused:\n%s", advance)
	}
	hold, _, _ := strings.Cut(page[strings.Index(page, `id="hold"`):], "</section>")
	o.ana.expect("the hold", hold, "Nothing speaks against it.", "<button")
	refused := o.ana.post(http.StatusConflict, o.page+"/move", "verb", "advance", "version", o.version(o.ana))
	o.ana.expect("the answer", refused, "Not now:")
	vendor := o.bo.get(http.StatusOK, o.page+"/move")
	lose, _, _ := strings.Cut(vendor[strings.Index(vendor, `id="hold"`):], "</section>")
	o.bo.expect("the hold of the side that does not lead", lose, "Not now:")

	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet,
		o.URL+o.page+"/move?verb=set_model&model=true_co_sell", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("HX-Request", "true")
	answer, err := o.ana.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	part := make([]byte, 2000)
	n, _ := answer.Body.Read(part)
	if text := string(part[:n]); !strings.Contains(text, "It moves once Lumen consents.") || strings.Contains(text, "<html") {
		t.Errorf("the part of a page is %q", text)
	}
}

// Forms that are wrong come back with what was typed.
func TestAWrongFormOfADealKeepsWhatWasTyped(t *testing.T) {
	o := newOwned(t)
	version := o.version(o.ana)
	for _, row := range []struct {
		form []string
		want string
	}{
		{[]string{"verb", "lose", "version", version}, "This is needed."},
		{[]string{"verb", "dance", "version", version}, "Choose what to do."},
		{[]string{"verb", "hold", "version", version, "day", "soon"}, "This is no day"},
		{[]string{"verb", "hold", "version", version, "day", "2026-11-01"}, "before"},
	} {
		page := o.ana.post(http.StatusUnprocessableEntity, o.page+"/move", row.form...)
		o.ana.expect(row.form[1], page, row.want)
	}
	o.ana.post(http.StatusConflict, o.page+"/do", "version", version, "action", "no.such action")
}

// Another party's deal is not there, however one asks.
func TestADealOfOthersIsNotThere(t *testing.T) {
	o := newOwned(t)
	for _, path := range []string{o.page, o.page + "/move", "/deals/none", "/deals/none/move"} {
		o.bea.expect(path, o.bea.get(http.StatusNotFound, path), "There is no such page")
	}
	for _, path := range []string{o.page + "/move", o.page + "/do"} {
		o.bea.post(http.StatusNotFound, path, "verb", "hold", "version", "0", "action", "gate.tasks x")
	}
}

// next.remedy: a registration that has lapsed is filed again from the page, by a new claim of the deal, and the
// answer of then can be made again. Where the other partner was faster nothing is filed, and the page names nobody.
func TestALapsedRegistrationIsFiledAgain(t *testing.T) {
	both(t, filedAgain)
	both(t, rivalWasFaster)
}

func filedAgain(_ *testing.T, p *portal) {
	o := p.owned()
	o.now = o.now.AddDate(0, 0, 130)
	form := o.act(o.ana, "register the deal again")
	filed := o.ana.post(http.StatusOK, o.page+"/do", form...)
	o.ana.expect("the answer", filed, "Done: register the deal again", "facts of the deal changed", "waits for a decision")
	o.ana.expect("sent again", o.ana.post(http.StatusConflict, o.page+"/do", form...), "The deal has changed")
	o.ana.expect("the audit", o.ana.get(http.StatusOK, o.page+"/audit/1"), "✓ Decided again from what was known then")
}

func rivalWasFaster(t *testing.T, p *portal) {
	late := p.owned()
	late.now = late.now.AddDate(0, 0, 130)
	form := late.act(late.ana, "register the deal again")
	late.bea.registers(http.StatusOK, "Hooli", "hooli.com")
	claim := regexp.MustCompile(`action="(/inbox/[^"]+)"`).FindStringSubmatch(late.noor.get(http.StatusOK, "/inbox"))
	late.noor.post(http.StatusOK, claim[1], "do", "approve")
	late.now = late.now.Add(time.Hour)
	refused := late.ana.post(http.StatusConflict, late.page+"/do", form...)
	if late.ana.expect("the refusal", refused, "The deal has changed since you opened the page"); strings.Contains(refused, "Bolt") {
		t.Errorf("reg.confidential: the page names the other partner:\n%s", refused)
	}
}
