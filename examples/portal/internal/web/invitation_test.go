package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/model"
)

// An invitation is accepted once: not a second time, not after its end, not once it is ended or replaced.
func TestAnInvitationIsAcceptedOnce(t *testing.T) {
	l := newLobby(t)
	ana := store.User{Name: "Ana Diaz", Party: sample.Acme, Rep: "ana"}
	const gone = "This invitation holds no more"
	late := l.opened()
	first := l.invitation(l.acme, ana)
	late.expect("the page", late.follows(http.StatusOK, first), "as Ana Diaz of Acme")
	link := l.invitation(l.acme, ana) // replaces the first
	b := l.opened()
	b.expect("a replaced one", b.follows(http.StatusGone, first), gone)
	late.expect("a replaced one", late.post(http.StatusGone, "/sign-in", "accept", "yes"), gone)

	late.follows(http.StatusOK, link) // two browsers open it, and both go to the provider
	slow := l.answers(l.acme, subject{id: "late"}, late.begins("accept", "yes"))
	b.expect("the page", b.accepts(http.StatusOK, link, l.acme, subject{id: "ana"}), "Ana Diaz")
	late.expect("the second one", late.follows(http.StatusGone, slow.String()), gone)
	late.get(http.StatusUnauthorized, "/deals")
	l.opened().expect("a used one", l.opened().follows(http.StatusGone, link), gone)
	if who := l.person("ana@acme.example"); who.Issuer != l.acme.Issuer() {
		t.Errorf("the person of before has not become %+v", who)
	}
	if _, err := l.store.Invite(t.Context(), "", store.Invitation{Person: ana}); err != store.ErrTaken {
		t.Errorf("somebody who has an account is invited: %v", err)
	}

	mia := l.invitation(l.acme, store.User{Name: "Mia Sato", Party: sample.Acme, Rep: "mia", Approver: true})
	b.expect("a second party", b.accepts(http.StatusConflict, mia, l.acme, subject{id: "ana"}), "Somebody has accepted")
	l.now = l.now.AddDate(0, 0, 7)
	b.expect("an ended one", l.opened().follows(http.StatusGone, mia), gone)
	b.expect("no secret", l.opened().get(http.StatusGone, "/invitation"), gone)
	b.expect("a guess", l.opened().get(http.StatusGone, "/invitation?secret=x"), gone)
}

// An issuer speaks for the company for which it is registered; that of the vendor also for partners without one. It is
// asked again whenever somebody signs in or opens a page.
func TestAnIssuerSpeaksForItsCompanyAlone(t *testing.T) {
	l := newLobby(t)
	const refused = "This identity provider may not speak for you"
	for _, who := range []store.User{{Name: "Eve", Party: sample.Lumen, Rep: "eve", Approver: true},
		{Name: "Eve", Party: sample.Bolt, Rep: "eve"}} {
		b := l.opened() // as only a hand in the database could invite
		b.follows(http.StatusOK, l.invitation(l.acme, who))
		b.expect("the page", b.post(http.StatusForbidden, "/sign-in", "accept", "yes"), refused)
	}
	b := l.opened()
	b.follows(http.StatusOK, l.invitation(l.acme, store.User{Name: "Ana Diaz", Party: sample.Acme, Rep: "ana"}))
	list, err := l.store.Invitations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range list {
		if _, err := l.store.Accept(t.Context(), i.ID, l.lumen.Issuer(), "s"); err != store.ErrNotFound {
			t.Errorf("another issuer accepts the invitation of %s: %v", i.Person.Rep, err)
		}
	}
	l.acme.QueueUser(subject{id: "ana"})
	b.follows(http.StatusOK, b.begins("accept", "yes"))
	bea := l.signed(l.lumen, store.User{Name: "Bea Okafor", Party: sample.Bolt, Rep: "bea"}) // a guest of the vendor's
	bea.expect("the page", bea.get(http.StatusOK, "/deals"), "Bea Okafor, Bolt")

	made := b.post(http.StatusOK, "/calendar", "do", "make")
	feed := regexp.MustCompile(`http\S+\.ics`).FindString(made)
	b.follows(http.StatusOK, feed)
	other := l.opened()
	waiting := l.answers(l.acme, subject{id: "ana"}, other.begins("company", "Acme"))
	late := l.opened()
	late.follows(http.StatusOK, l.invitation(l.acme, store.User{Name: "Leo Brandt", Party: sample.Acme, Rep: "leo"}))
	accepting := l.answers(l.acme, subject{id: "leo"}, late.begins("accept", "yes"))
	l.open(t, model.PartnerOrg("Other")) // the issuer is now that of another company
	other.expect("the sign-in", other.follows(http.StatusForbidden, waiting.String()), refused)
	late.expect("the sign-in", late.follows(http.StatusForbidden, accepting.String()), refused)
	if _, err := l.store.Account(t.Context(), l.acme.Issuer(), "leo"); err != store.ErrNotFound {
		t.Errorf("the account of a refused invitation: %v", err)
	}
	b.get(http.StatusUnauthorized, "/deals")
	b.follows(http.StatusNotFound, feed)
	bea.get(http.StatusOK, "/deals")
}

// An account that is removed is signed out at once, and has no access until it is invited again.
func TestARemovedAccountHasNoAccess(t *testing.T) {
	l := newLobby(t)
	noor := l.signed(l.lumen, store.User{Name: "Noor Haddad", Party: sample.Lumen, Rep: "noor", Approver: true})
	vic := l.signed(l.lumen, store.User{Name: "Vic Moreau", Party: sample.Lumen, Rep: "vic", Approver: true})
	page := vic.post(http.StatusOK, "/people", "name", "Mole", "company", "Lumen", "rep", "mole", "zone", "UTC", "days", "30",
		"approver", "yes")
	mole := l.linkOn(page)
	noor.expect("the page", noor.post(http.StatusOK, "/people/"+l.person("vic@lumen.example").ID+"/remove"), "removed")
	vic.get(http.StatusUnauthorized, "/people")
	l.lumen.QueueUser(subject{id: "sub-vic"})
	vic.expect("the sign-in", vic.follows(http.StatusForbidden, vic.begins("company", "Lumen")), "You have no access")
	vic.expect("what they had made", vic.follows(http.StatusGone, mole), "This invitation holds no more")
	again := l.invitation(l.lumen, store.User{Name: "Vic Moreau", Party: sample.Lumen, Rep: "vic"})
	vic.expect("the page", vic.accepts(http.StatusOK, again, l.lumen, subject{id: "sub-vic"}), "Vic Moreau")
	vic.get(http.StatusNotFound, "/people")
}

// Only approvers of the vendor invite. A form that is wrong names every field and keeps what was typed.
func TestOnlyTheVendorsApproversInvite(t *testing.T) {
	l := newLobby(t)
	noor := l.signed(l.lumen, store.User{Name: "Noor Haddad", Party: sample.Lumen, Rep: "noor", Approver: true})
	for _, who := range []store.User{{Name: "Bo Lind", Party: sample.Lumen, Rep: "bo"},
		{Name: "Mia Sato", Party: sample.Acme, Rep: "mia", Approver: true}} {
		b := l.signed(l.lumen, who)
		b.post(http.StatusNotFound, "/people", "name", "Eve", "company", "Lumen", "rep", "eve", "zone", "UTC", "days", "7")
		b.post(http.StatusNotFound, "/invitations/x/end")
	}
	page := noor.post(http.StatusUnprocessableEntity, "/people", "name", strings.Repeat("n", 101), "rep", "a b", "zone",
		"Local", "days", "365")
	noor.expect("the page", page, "100 characters are allowed", "This is needed.", "at most 64", "no time zone",
		"Choose one of these.", `value="a b"`)
	noor.expect("the page", noor.post(http.StatusConflict, "/people", "name", "Bo", "company", "Lumen", "rep", "bo", "zone",
		"UTC", "days", "1"), "has an account already")
	page = noor.post(http.StatusOK, "/people", "name", "Eve", "company", "LUMEN", "rep", "eve", "zone", "UTC", "days", "1")
	list, err := l.store.Invitations(t.Context())
	if err != nil || len(list) != 1 || list[0].Person.Party != sample.Lumen || list[0].Person.Approver ||
		list[0].Issuer != l.lumen.Issuer() || !list[0].Expiry.Equal(l.now.AddDate(0, 0, 1)) {
		t.Fatalf("the invitations are %+v, %v", list, err)
	}
	noor.expect("the answer", noor.post(http.StatusOK, "/invitations/"+list[0].ID+"/end"), "has ended")
	noor.post(http.StatusNotFound, "/invitations/"+list[0].ID+"/end")
	l.opened().follows(http.StatusGone, l.linkOn(page))
}

// The secret of an invitation is in one answer: in no later page, header or line of the log.
func TestTheSecretOfAnInvitationIsShownOnce(t *testing.T) {
	l := newLobby(t)
	noor := l.signed(l.lumen, store.User{Name: "Noor Haddad", Party: sample.Lumen, Rep: "noor", Approver: true})
	link := l.linkOn(noor.post(http.StatusOK, "/people", "name", "Zoe", "company", "Acme", "rep", "zoe", "zone", "UTC",
		"days", "7"))
	_, secret, _ := strings.Cut(link, "secret=")
	zoe := l.opened()
	pages := []string{noor.get(http.StatusOK, "/people"), zoe.follows(http.StatusOK, link),
		zoe.begins("accept", "yes"), zoe.accepts(http.StatusOK, link, l.acme, subject{id: "z"}),
		zoe.follows(http.StatusGone, link), zoe.get(http.StatusOK, "/deals"), noor.get(http.StatusOK, "/people")}
	for i, page := range append(pages, l.log.String()) {
		if len(secret) < 26 || strings.Contains(page, secret) {
			t.Errorf("answer %d has the secret %q", i, secret)
		}
	}
}

// A real browser goes to the provider of another site and comes back with its session, by the content security policy of
// the portal.
func TestABrowserAcceptsAnInvitationAndSignsIn(t *testing.T) {
	all, l := chromium(t), newLobby(t)
	_, port, _ := strings.Cut(l.Listener.Addr().String(), ":")
	l.config.Hosts = []string{"localhost:" + port} // another site than 127.0.0.1, where the providers are
	l.open(t, sample.Acme)
	s := l.window(t, all)
	noor := store.User{Name: "Noor Haddad", Party: sample.Lumen, Rep: "noor", Approver: true}
	l.lumen.QueueUser(subject{id: "noor"})
	s.run(chromedp.Navigate(l.invitation(l.lumen, noor)), chromedp.WaitVisible("main button"))
	s.expect("You are invited as Noor Haddad of Lumen")
	s.run(chromedp.Click("main button"), chromedp.WaitVisible(".who"))
	s.expect("Noor Haddad, Lumen", "Registrations to decide")
	s.run(chromedp.Click(".who button"), chromedp.WaitVisible("#company"))
	l.lumen.QueueUser(subject{id: "noor"})
	s.run(chromedp.SendKeys("#company", "Lumen\r"), chromedp.WaitVisible(".who"))
	for _, width := range []int64{390, 1024} {
		s.run(chromedp.EmulateViewport(width, 720), chromedp.Navigate(l.config.Address()+"/people"),
			chromedp.WaitVisible("#zone"))
		if wide := see(s, chromedp.Evaluate[bool]("document.documentElement.scrollWidth > innerWidth")); wide {
			t.Errorf("the page of people is wider than %d", width)
		}
	}
}
