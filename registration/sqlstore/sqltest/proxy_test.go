package sqltest

import (
	"bytes"
	"io"
	"net"
	"sync/atomic"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/registrationtest"
)

// proxy stands between a client and the server and kills connections.
type proxy struct {
	listener net.Listener
	server   string
	armed    atomic.Pointer[cut]
	kills    atomic.Int64
}

// cut says when a connection is killed: at a statement that contains a text, either before
// the server gets it, or after the server has answered but before the client gets the answer.
type cut struct {
	text     string
	answered bool
}

func newProxy(t *testing.T, server string) *proxy {
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
		doomed := new(atomic.Bool)
		go p.up(client, server, doomed)
		go down(client, server, doomed)
	}
}

// up passes on the requests of the client.
func (p *proxy) up(client, server net.Conn, doomed *atomic.Bool) {
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
			doomed.Store(true)
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// down passes on the answers of the server, unless the connection is doomed.
func down(client, server net.Conn, doomed *atomic.Bool) {
	defer client.Close()
	buffer := make([]byte, 1<<16)
	for {
		n, err := server.Read(buffer)
		if err != nil || doomed.Load() {
			return
		}
		if _, err := io.Copy(client, bytes.NewReader(buffer[:n])); err != nil {
			return
		}
	}
}

// reg.atomic: if a connection is killed before the commit, the store tries again; if it is
// killed between the commit and its answer, the filing sent again finds the claim.
func TestPostgresClaimIsStoredOnceWhenConnectionsAreKilled(t *testing.T) {
	s := postgresServer(t)
	p := newProxy(t, "127.0.0.1:"+s.port)
	name := s.database(t)
	texts := "&default_query_exec_mode=exec" // every statement goes over the wire with its text
	store := place{"pgx", s.dsnAt(p.listener.Addr().String(), name) + texts}.open(t, nil)
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
		{"moved", cut{"update coselling_registration_head", true}, false},
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

func count(t *testing.T, s registration.Store, term string, want int) {
	t.Helper()
	err := s.Read(t.Context(), func(tx registration.Tx) error {
		list, err := tx.ByTerm(term)
		if len(list) != want {
			t.Errorf("%s: %d claims, want %d", term, len(list), want)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
