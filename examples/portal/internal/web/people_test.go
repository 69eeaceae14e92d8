package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
)

// person returns somebody by the address with which they sign in.
func (p *portal) person(email string) store.User {
	p.t.Helper()
	who, _, err := p.store.UserByEmail(p.t.Context(), email)
	if err != nil {
		p.t.Fatal(err)
	}
	return who
}

// Somebody who is removed is signed out in all their browsers at once and cannot sign in, and what they did still names
// them.
func TestARemovedPersonIsSignedOutAtOnce(t *testing.T) {
	p := newSample(t, nil)
	noor, ana, phone := p.as("noor@lumen.example"), p.as("ana@acme.example"), p.as("ana@acme.example")
	who := p.person("ana@acme.example")
	list, err := p.store.Deals(t.Context(), who, store.Query{Search: "harbour"})
	if err != nil {
		t.Fatal(err)
	}
	people := noor.get(http.StatusOK, "/people")
	noor.expect("the page", people, "Ana Diaz", "Acme", "/people/"+who.ID+"/remove")
	noor.expect("the answer", noor.post(http.StatusOK, "/people/"+who.ID+"/remove"), "Ana Diaz is removed")
	for _, b := range []*browser{ana, phone} {
		b.get(http.StatusUnauthorized, "/deals")
		b.post(http.StatusUnauthorized, "/register", "account", "Hooli")
	}
	p.opened().post(http.StatusUnauthorized, "/sign-in", "email", "ana@acme.example", "password", sample.Password)
	if page := noor.get(http.StatusOK, "/people"); strings.Contains(page, "Ana Diaz") {
		t.Errorf("the page still has the person:\n%s", page)
	}
	noor.post(http.StatusNotFound, "/people/"+who.ID+"/remove")
	mia := p.as("mia@acme.example")
	mia.expect("the history", mia.get(http.StatusOK, "/deals/"+list.Deals[0].View.Deal+"/history"), "ana, Acme")
	if _, err := p.store.AddUser(t.Context(), store.User{Email: "ana@acme.example", Name: "Ana Two", Party: sample.Acme,
		Rep: "ana", Zone: time.UTC}, []byte("x")); err != nil {
		t.Errorf("the address is not free again: %v", err)
	}
}

// Only an approver of the vendor removes people, and never the last one: nobody removes themselves.
func TestOnlyTheVendorsApproversRemovePeople(t *testing.T) {
	both(t, onlyTheVendorsApproversRemovePeople)
}

func onlyTheVendorsApproversRemovePeople(t *testing.T, p *portal) {
	bea, noor, vic := p.person("bea@bolt.example"), p.person("noor@lumen.example"), p.person("vic@lumen.example")
	for _, email := range []string{"ana@acme.example", "mia@acme.example", "bo@lumen.example"} {
		b := p.as(email)
		b.get(http.StatusNotFound, "/people")
		b.post(http.StatusNotFound, "/people/"+bea.ID+"/remove")
	}
	p.as("noor@lumen.example").post(http.StatusNotFound, "/people/"+noor.ID+"/remove")
	p.as("noor@lumen.example").post(http.StatusOK, "/people/"+vic.ID+"/remove")
	if err := p.store.Remove(t.Context(), vic, noor.ID); err == nil {
		t.Error("somebody who is removed removes others")
	}
	p.as("bea@bolt.example")
}

// Everybody stands on one of the pages.
func TestPagesOfPeopleHaveEverybodyOnce(t *testing.T) { both(t, pagesOfPeopleHaveEverybodyOnce) }

func pagesOfPeopleHaveEverybodyOnce(t *testing.T, p *portal) {
	for i := range 120 {
		if _, err := p.store.AddUser(t.Context(), store.User{Email: fmt.Sprint(i), Name: fmt.Sprint("Name ", i%7),
			Party: sample.Acme, Rep: fmt.Sprint("r", i), Zone: time.UTC}, []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	seen, pages := map[string]bool{}, 0
	for after := ""; pages == 0 || after != ""; pages++ {
		list, next, err := p.store.People(t.Context(), after)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range list {
			if seen[u.ID] {
				t.Errorf("%s stands on two pages", u.Name)
			}
			seen[u.ID] = true
		}
		after = next
	}
	if len(seen) != 120+len(sample.People()) || pages != 3 {
		t.Errorf("%d people on %d pages", len(seen), pages)
	}
}
