package sqltest

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/registrationtest"
	"github.com/coselling/coselling/registration/sqlstore/sqltest/internal/postgres"
)

// proxy stands between clients and the server: it kills connections, is slow, and counts.
type proxy struct {
	listener net.Listener
	server   string
	armed    atomic.Pointer[cut]
	kills    atomic.Int64
	delay    atomic.Int64 // nanoseconds before a request is passed on
	trips    atomic.Int64 // requests that followed an answer
}

// cut says when a connection is killed: at a statement that contains a text, either before
// the server gets it, or after the server has answered but before the client gets the answer.
type cut struct {
	text     string
	answered bool
}

func newProxy(t testing.TB, server string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	p := &proxy{listener: l, server: server}
	go p.serve()
	return p
}

func (p *proxy) serve() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.server)
		if err != nil {
			_ = client.Close()
			continue
		}
		state := new(passing)
		go p.up(client, server, state)
		go down(client, server, state)
	}
}

// passing is the state of a connection: whether its answers are no longer passed on, and whether the server has
// answered since the last request.
type passing struct{ doomed, answered atomic.Bool }

// up passes on the requests of the client.
func (p *proxy) up(client, server net.Conn, state *passing) {
	defer server.Close()
	buffer := make([]byte, 1<<16)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		if c := p.armed.Load(); c != nil && bytes.Contains(bytes.ToLower(buffer[:n]), []byte(c.text)) &&
			p.armed.CompareAndSwap(c, nil) {
			p.kills.Add(1)
			if !c.answered {
				_ = client.Close()
				return
			}
			state.doomed.Store(true)
		}
		if state.answered.Swap(false) {
			p.trips.Add(1)
			time.Sleep(time.Duration(p.delay.Load()))
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// down passes on the answers of the server, unless the connection is doomed.
func down(client, server net.Conn, state *passing) {
	defer client.Close()
	buffer := make([]byte, 1<<16)
	for {
		n, err := server.Read(buffer)
		if err != nil || state.doomed.Load() {
			return
		}
		state.answered.Store(true)
		if _, err := io.Copy(client, bytes.NewReader(buffer[:n])); err != nil {
			return
		}
	}
}

// reg.atomic: if a connection is killed before the commit, the store tries again; if it is
// killed between the commit and its answer, the filing sent again finds the claim.
func TestPostgresClaimIsStoredOnceWhenConnectionsAreKilled(t *testing.T) {
	s := postgresServer(t)
	p := newProxy(t, s.Address())
	name := database(t, s)
	texts := "&default_query_exec_mode=exec" // every statement goes over the wire with its text
	store := place{"pgx", postgres.DSNAt(p.listener.Addr().String(), name) + texts}.open(t, nil)
	rules, err := registrationtest.SuiteRules()
	if err != nil {
		t.Fatal(err)
	}
	registry, err := registration.Open(store, rules)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		key  string
		cut  cut
		lost bool
	}{
		{"begin", cut{"begin", false}, false},
		{"begun", cut{"begin", true}, false},
		{"insert", cut{"into coselling_registration_claim", false}, false},
		{"inserted", cut{"into coselling_registration_term", true}, false},
		{"locking", cut{"coselling_registration_open", false}, false},
		{"locked", cut{"coselling_registration_open", true}, false},
		{"ending", cut{"commit\x00", false}, true},
		{"ended", cut{"commit\x00", true}, true},
	} {
		t.Run("reg.atomic killed at "+c.key, func(t *testing.T) {
			filing := registration.Filing{Key: c.key, By: "ana",
				Account: matching.Account{Domains: []string{c.key + ".com"}}}
			before := p.kills.Load()
			p.armed.Store(&c.cut)
			answer, err := registry.Submit(t.Context(), model.PartnerOrg("acme"), filing)
			if (err != nil) != c.lost || p.kills.Load() != before+1 {
				t.Fatalf("%d kills, error %v, want one: %v", p.kills.Load()-before, err, c.lost)
			}
			again, err := registry.Submit(t.Context(), model.PartnerOrg("acme"), filing)
			if err != nil || again.Status != registration.Submitted || !c.lost && again.Claim != answer.Claim {
				t.Errorf("sent again: %+v, %v", again, err)
			}
			count(t, store, "domain:"+c.key+".com", 1)
		})
	}
}

// A filing and a step with a claim take four round trips each: they begin, lock and read, store, and commit.
func TestPostgresWriteTakesFourRoundTrips(t *testing.T) {
	s := postgresServer(t)
	p := newProxy(t, s.Address())
	store := place{"pgx", postgres.DSNAt(p.listener.Addr().String(), database(t, s))}.open(t, nil)
	store.db.SetMaxOpenConns(1)
	registry := registryOn(t, store)
	for round := range 3 { // in the first one the driver prepares its statements
		before := p.trips.Load()
		answer, err := registry.Submit(t.Context(), model.PartnerOrg("acme"), filingOn(fmt.Sprintf("hooli%d.com", round)))
		submitted := p.trips.Load()
		if err == nil {
			_, err = registry.Act(t.Context(), answer.Claim, registration.Event{Do: registration.Approve,
				By: model.Person{Name: "noor", Party: model.VendorOrg("us")}})
		}
		acted := p.trips.Load()
		if err != nil || round > 0 && (submitted-before != 4 || acted-submitted != 4) {
			t.Errorf("round %d: a filing took %d, a step %d round trips, %v", round, submitted-before, acted-submitted, err)
		}
	}
}

func count(t *testing.T, s registration.Store, term string, want int) {
	t.Helper()
	err := s.Read(t.Context(), func(tx registration.Tx) error {
		list, err := tx.ByTerms([]string{term})
		if len(list) != want {
			t.Errorf("%s: %d claims, want %d", term, len(list), want)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
