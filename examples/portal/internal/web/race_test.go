package web_test

import (
	"database/sql"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/testdb"
	"github.com/coselling/coselling/model"
)

// reg.atomic: a hundred partners register one account at once. One is first, and once the vendor has approved it, it
// alone owns the account, and each partner has one deal.
func TestHundredPartnersRaceForOneAccount(t *testing.T) { both(t, hundredRace) }

func hundredRace(t *testing.T, p *portal) {
	hash, err := bcrypt.GenerateFromPassword([]byte(sample.Password), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	racers := make([]*browser, 100)
	for i := range racers {
		name := fmt.Sprintf("racer%d", i)
		who := store.User{Email: name + "@race.example", Name: name, Party: model.PartnerOrg(name), Rep: name, Zone: time.UTC}
		if _, err := p.store.AddUser(t.Context(), who, hash); err != nil {
			t.Fatal(err)
		}
		racers[i] = p.as(who.Email)
	}
	pages := make([]string, len(racers))
	start := time.Now()
	var all sync.WaitGroup
	for i, b := range racers {
		all.Go(func() {
			pages[i] = b.post(http.StatusOK, "/register", "key", "race", "account", "Hooli", "site", "hooli.com", "source",
				"partner")
		})
	}
	all.Wait()
	t.Logf("a hundred filings took %v", time.Since(start))
	first := 0
	for _, page := range pages {
		if strings.Contains(page, "waits for the vendor") {
			first++
		} else if !strings.Contains(page, "waits behind an earlier registration") {
			t.Errorf("a racer reads\n%s", page)
		}
	}
	noor := p.as("noor@lumen.example")
	claims := regexp.MustCompile(`action="(/inbox/[^"]+)"`).FindAllStringSubmatch(noor.get(http.StatusOK, "/inbox"), -1)
	if first != 1 || len(claims) != 1 {
		t.Fatalf("%d were first, %d claims wait for a decision", first, len(claims))
	}
	p.now = p.now.Add(time.Hour)
	noor.expect("the inbox", noor.post(http.StatusOK, claims[0][1], "do", "approve"), "Nothing waits for a decision.")
	owners := 0
	for i, b := range racers {
		who, _, err := p.store.UserByEmail(t.Context(), fmt.Sprintf("racer%d@race.example", i))
		if err != nil {
			t.Fatal(err)
		}
		list, err := p.store.Deals(t.Context(), who, store.Query{})
		if err != nil || list.Total != 1 {
			t.Fatalf("%d deals, %v", list.Total, err)
		}
		if list.Deals[0].View.Registration.Claim.Active {
			owners++
		}
		if page := b.get(http.StatusOK, "/deals"); strings.Count(page, "<tr>") != 2 {
			t.Errorf("racer %d has no list of one deal", i)
		}
	}
	if owners != 1 {
		t.Errorf("%d own the account", owners)
	}
}

// A thousand tabs of one session are answered, all at once, by a few connections.
func TestThousandTabsAreAnswered(t *testing.T) {
	people.Both(t, func(t *testing.T, at testdb.Place) { thousandTabs(t, at.Open(t)) })
}

func thousandTabs(t *testing.T, db *sql.DB) {
	ana := newPortalOn(t, db).as("ana@acme.example")
	ana.client.Transport = &http.Transport{MaxConnsPerHost: 100, MaxIdleConnsPerHost: 100}
	var all sync.WaitGroup
	for i := range 1000 {
		all.Go(func() {
			if page := ana.get(http.StatusOK, []string{"/deals", "/register"}[i%2]); !strings.Contains(page, "Ana Diaz") {
				t.Errorf("tab %d has no session", i)
			}
		})
	}
	all.Wait()
	if n := db.Stats().MaxOpenConnections; n < 2 || n > 100 {
		t.Errorf("%d connections may be open; zero: any number", n)
	}
}
