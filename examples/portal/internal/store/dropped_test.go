package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

// proxy stands between the portal and its server. Once, when a statement with a text comes, it does something.
type proxy struct {
	server string
	armed  atomic.Pointer[trap]
	sprung atomic.Int64
}

// trap is what happens at a statement: its client is gone before the server gets it or, if answered, after the server
// has done it; or the client's context ends, and it is still there.
type trap struct {
	text     string
	answered bool
	cancel   context.CancelFunc
}

func newProxy(t *testing.T, server string) (p *proxy, address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	p = &proxy{server: server}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(client)
		}
	}()
	return p, l.Addr().String()
}

func (p *proxy) serve(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", p.server)
	if err != nil {
		return
	}
	defer server.Close()
	var gone atomic.Bool
	go func() {
		defer client.Close()
		buffer := make([]byte, 1<<16)
		for {
			n, err := server.Read(buffer)
			if err != nil || gone.Load() {
				return
			}
			if _, err := io.Copy(client, bytes.NewReader(buffer[:n])); err != nil {
				return
			}
		}
	}()
	buffer := make([]byte, 1<<16)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		if c := p.armed.Load(); c != nil && bytes.Contains(buffer[:n], []byte(c.text)) && p.armed.CompareAndSwap(c, nil) {
			p.sprung.Add(1)
			switch {
			case c.cancel != nil:
				c.cancel()
			case !c.answered:
				return
			default:
				gone.Store(true)
			}
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// A connection that is lost while its transaction is another role, or whose request is cancelled then, stays with no
// other role and no party, and nothing is half stored: the same filing, sent again, opens one deal.
func TestLostConnectionStaysWithNoOtherRole(t *testing.T) {
	at := played.Postgres(t)
	address, err := url.Parse(at.Address("portal_server") + "&default_query_exec_mode=exec") // texts go over the wire
	if err != nil {
		t.Fatal(err)
	}
	p, near := newProxy(t, address.Host)
	address.Host = near
	db, err := store.OpenPostgres(address.String())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	s, root := open(t, db), at.As(t, "tester")
	bea := user(t, s, "bea@bolt.example")
	var traps []trap
	for _, text := range []string{"SET LOCAL ROLE portal_registry", "coselling_registration_open",
		"INSERT INTO coselling_registration_claim", "SET LOCAL ROLE NONE", "INSERT INTO portal_deal"} {
		traps = append(traps, trap{text: text}, trap{text: text, answered: true}, trap{text: text, cancel: func() {}})
	}
	for i, c := range traps {
		name := fmt.Sprintf("lost-%d", i)
		ctx, cancel := context.WithCancel(t.Context())
		if c.cancel != nil {
			c.cancel = cancel
		}
		file := func(ctx context.Context) (store.Registered, error) {
			return s.Register(ctx, bea, registration.Filing{Key: name,
				Account: matching.Account{Name: name, Domains: []string{name + ".com"}}}, coselling.Deal{Account: name})
		}
		sprung := p.sprung.Load()
		p.armed.Store(&c)
		if _, err := file(ctx); err == nil && c.cancel != nil || p.sprung.Load() != sprung+1 { // some are tried again
			t.Fatalf("%+v: it happened %d times, %v", c, p.sprung.Load()-sprung, err)
		}
		cancel()
		isItself(t, db, c.text)
		if answer, err := file(t.Context()); err != nil || answer.Deal == "" {
			t.Errorf("%+v: sent again: %+v, %v", c, answer, err)
		}
		var deals, claims int
		err := root.QueryRow("SELECT (SELECT count(*) FROM portal_deal WHERE facts LIKE '%lost-%'),"+
			" (SELECT count(*) FROM coselling_registration_claim WHERE filing_key LIKE 'lost-%')").Scan(&deals, &claims)
		if err != nil || deals != i+1 || claims != i+1 {
			t.Errorf("%+v: %d deals, %d claims, want %d: %v", c, deals, claims, i+1, err)
		}
	}
	if list, err := s.Deals(t.Context(), bea, store.Query{Search: "lost-"}); err != nil || list.Total != len(traps) {
		t.Errorf("%d deals, want %d: %v", list.Total, len(traps), err)
	}
}

// isItself checks that the one connection is the server, and in nobody's name.
func isItself(t *testing.T, db *sql.DB, after string) {
	t.Helper()
	var role, party string
	err := db.QueryRow("SELECT current_user, coalesce(current_setting('app.party', true), '')").Scan(&role, &party)
	if err != nil || role != "portal_server" || party != "" {
		t.Errorf("after %s: a connection stays as %s in the name of %q, %v", after, role, party, err)
	}
	if _, err := db.Exec("SELECT FROM coselling_registration_claim"); err == nil {
		t.Errorf("after %s: it reads claims", after)
	}
}
