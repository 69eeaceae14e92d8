package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// fillsIn types a registration, and does not send it.
func (s *seat) fillsIn(account, site string) {
	s.t.Helper()
	s.run(chromedp.Navigate(s.URL+"/register"), chromedp.SendKeys("#account", account), chromedp.SendKeys("#site", site),
		chromedp.SendKeys("#amount", "18000.00"), chromedp.SendKeys("#currency", "USD"),
		chromedp.Click("input[name=source][value=partner]"))
}

// reg.first_wins: two partners send the registration of one account at the same time, the vendor approves the one that
// came first, and one owner stands.
func TestOneOwnerStandsInThreeBrowsers(t *testing.T) {
	all, p := chromium(t), newPortal(t)
	ana, bea, noor := p.sits(t, all, "ana@acme.example"), p.sits(t, all, "bea@bolt.example"), p.sits(t, all, "noor@lumen.example")
	ana.fillsIn("Hooli Inc.", "www.hooli.com")
	bea.fillsIn("Hooli", "shop.hooli.com")
	sent := make(chan error, 2)
	for _, s := range []*seat{ana, bea} {
		go func() {
			sent <- chromedp.Do(s.ctx, chromedp.Click("main form button"), chromedp.WaitVisible(".notice"))
		}()
	}
	for range 2 {
		if err := <-sent; err != nil {
			t.Fatal(err)
		}
	}
	first, second := ana, bea
	if strings.Contains(ana.reads(), "waits behind an earlier registration") {
		first, second = bea, ana
	}
	first.expect("is registered and waits for the vendor.")
	second.expect("is registered and waits behind an earlier registration.")
	p.now = p.now.Add(time.Hour)
	noor.run(chromedp.Navigate(p.URL+"/inbox"), chromedp.WaitVisible("article"))
	noor.expect("Also on this account", "waits behind an earlier one")
	noor.picture("inbox")
	noor.run(chromedp.Click("button[value=approve]"), chromedp.WaitVisible(".notice"))
	noor.expect("The registration is approved.", "Nothing waits for a decision.")

	p.now = p.now.Add(time.Hour)
	owners := 0
	for _, s := range []*seat{first, second} {
		s.run(chromedp.Navigate(p.URL+"/deals"), chromedp.Click("tbody a"), chromedp.WaitVisible("#registration"))
		if strings.Contains(see(s, chromedp.Text("dl")), "approved") {
			owners++
		}
	}
	if owners != 1 {
		t.Errorf("%d partners own the account", owners)
	}
	first.expect("Protected until")
	for _, hidden := range []string{"Acme", "Hooli Inc.", "Bolt"} {
		if text := second.reads(); !strings.Contains(first.reads(), hidden) && strings.Contains(text, hidden) &&
			!strings.Contains(see(second, chromedp.Text(".who")), hidden) && !strings.Contains(see(second, chromedp.Text("h1")), hidden) {
			t.Errorf("the second reads %q of the first:\n%s", hidden, text)
		}
	}
}

// A deal is moved in a browser: a gate that is shut has reasons and no button, htmx asks the rules again as somebody
// chooses, the keyboard is enough, and a window that comes too late says what was done in the other.
func TestADealIsMovedInABrowser(t *testing.T) {
	all, o := chromium(t), newOwned(t)
	ana, other := o.sits(t, all, "ana@acme.example"), o.sits(t, all, "ana@acme.example")
	ana.run(chromedp.Navigate(o.URL+o.page), chromedp.Click(".acts button"), chromedp.WaitVisible(".notice"))
	ana.expect("Done: set the engagement model to partner-led", "Partner-led")

	other.run(chromedp.Navigate(o.URL + o.page + "/move"))
	ana.run(chromedp.Click(".head .button"), chromedp.WaitVisible("#outcome-advance"))
	if way := see(ana, chromedp.Text("section.way")); !strings.Contains(way, "Not now:") {
		t.Errorf("the advance says %q", way)
	}
	if see(ana, chromedp.Evaluate[int](`document.querySelectorAll("section:has(#advance) button").length`)) != 0 {
		t.Error("there is a button for what is refused")
	}
	ana.run(chromedp.Click("#set_model"),
		chromedp.Steps(chromedp.SetAttributeValue("#outcome-set_model p", "data-before", "1")),
		chromedp.SendKeys("#model-set_model", "True"), chromedp.WaitVisible("#outcome-set_model p:not([data-before])"))
	if says := see(ana, chromedp.Text("#outcome-set_model")); !strings.Contains(says, "once Lumen consents") {
		t.Errorf("htmx brings %q", says)
	}
	ana.run(chromedp.Focus("summary:has(#hold)"), chromedp.KeyEvent("\r"), chromedp.WaitVisible("#reason-hold"),
		chromedp.SendKeys("#reason-hold", "the buyer is away\r"), chromedp.WaitVisible(".notice"))
	ana.expect("The deal has moved.", "On hold")

	other.run(chromedp.Click("#lose"), chromedp.SendKeys("#reason-lose", "no budget\r"), chromedp.WaitVisible(".problems"))
	other.expect("The deal has changed since you opened the page", "ana, Acme: put on hold", "the buyer is away")
	if typed := see(other, chromedp.Value("#reason-lose")); typed != "no budget" {
		t.Errorf("what was typed became %q", typed)
	}
	o.ana.expect("the deal", o.ana.get(http.StatusOK, o.page), "On hold")
}

// Every page fits a phone, has one heading of the first rank, and a label for every field.
func TestEveryPageFitsAPhoneAndHasLabels(t *testing.T) {
	const bad = `[
		document.documentElement.scrollWidth > innerWidth ? "wide: " + document.documentElement.scrollWidth : "",
		document.querySelectorAll("h1").length !== 1 ? "headings" : "",
		...[...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(e => !e.labels.length).map(e => e.name),
		...[...document.querySelectorAll("[id]")].filter(e => document.getElementById(e.id) !== e && !e.closest("svg")).map(e => "#" + e.id),
		...[...document.querySelectorAll("[style]")].filter(e => !e.closest("[data-htmx-powered]")).map(e => e.tagName),
	].filter(s => s).join(", ")`
	all, p := chromium(t), newSample(t, nil)
	for email, paths := range map[string][]string{
		"bea@bolt.example":   {"/deals", "/register", "/pay", "/escalations", "/planning", "/nothing"},
		"noor@lumen.example": {"/inbox", "/ending", "/deals", "/what-if", "/pay", "/escalations", "/planning", "/people"},
		"mia@acme.example":   {"/pay", "/escalations"},
	} {
		s := p.sits(t, all, email)
		s.run(chromedp.Navigate(p.URL + "/deals"))
		for _, link := range see(s, chromedp.AttributesAll("tbody a")) {
			if deal := link["href"]; strings.HasPrefix(deal, "/deals/") {
				paths = append(paths, deal, deal+"/move", deal+"/history")
			}
		}
		for _, path := range paths {
			s.run(chromedp.Navigate(p.URL + path))
			for _, width := range []int64{1024, 390} {
				s.run(chromedp.EmulateViewport(width, 720))
				if problems := see(s, chromedp.Evaluate[string](bad)); problems != "" {
					t.Errorf("%s at %d: %s", path, width, problems)
				}
			}
		}
	}
}

// Pictures of the sample, for a person to look at.
func TestPicturesOfTheSample(t *testing.T) {
	all, p := chromium(t), newSample(t, nil)
	s := p.sits(t, all, "ana@acme.example")
	s.run(chromedp.Navigate(p.URL + "/deals"))
	s.picture("deals")
	s.run(chromedp.Navigate(p.URL + "/deals?search=harbour"))
	deal := p.URL + see(s, chromedp.AttributesAll("tbody a"))[0]["href"]
	s.run(chromedp.Navigate(deal), chromedp.WaitVisible(".gantt"))
	s.picture("deal")
	s.run(chromedp.Navigate(deal + "/move"))
	s.picture("move")
	s.run(chromedp.EmulateViewport(390, 720), chromedp.Navigate(deal))
	s.picture("phone")
}
