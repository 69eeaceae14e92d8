package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/testdb"
	"github.com/coselling/coselling/model"
)

const issuer = "https://id.example"

// atOnce calls do twenty times at once, and returns how often it had no error; all others must have one of two.
func atOnce(t *testing.T, want error, do func(i int) error) int {
	t.Helper()
	var done atomic.Int32
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if err := do(i); err == nil {
				done.Add(1)
			} else if !errors.Is(err, want) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	return int(done.Load())
}

// invited returns an invitation of a person, and its secret.
func invited(t *testing.T, s *store.Store, by string, who store.User) (store.Invitation, string) {
	t.Helper()
	secret, err := s.Invite(t.Context(), by, store.Invitation{Issuer: issuer, Person: who,
		Expiry: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	i, err := s.Invited(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	return i, secret
}

// Of those who accept one invitation at once, one becomes the person; of the answers to one sign-in, one counts; and
// one account is one person, however many invitations it accepts at once.
func TestAnInvitationAndASignInCountOnce(t *testing.T) {
	testdb.Both(t, func(t *testing.T, p testdb.Place) {
		s := open(t, p.Open(t))
		i, _ := invited(t, s, "", store.User{Name: "Zoe", Party: sample.Acme, Rep: "zoe", Zone: time.UTC})
		if n := atOnce(t, store.ErrNotFound, func(n int) error {
			_, err := s.Accept(t.Context(), i.ID, issuer, fmt.Sprint("subject", n))
			return err
		}); n != 1 {
			t.Errorf("%d accepted one invitation", n)
		}
		if people, _, err := s.People(t.Context(), ""); err != nil || len(people) != 1 || people[0].Issuer != issuer {
			t.Errorf("the people are %+v, %v", people, err)
		}
		login := store.Login{State: "state", Browser: "browser", Next: "/"}
		if err := s.BeginLogin(t.Context(), login); err != nil {
			t.Fatal(err)
		}
		if n := atOnce(t, store.ErrNotFound, func(int) error {
			_, err := s.TakeLogin(t.Context(), login.State, login.Browser)
			return err
		}); n != 1 {
			t.Errorf("%d answers to one sign-in count", n)
		}
		var ids []string
		for n := range 20 {
			i, _ := invited(t, s, "", store.User{Name: "Ann", Party: model.PartnerOrg(fmt.Sprint("Company ", n)), Rep: "ann",
				Zone: time.UTC})
			ids = append(ids, i.ID)
		}
		if n := atOnce(t, store.ErrTaken, func(n int) error {
			_, err := s.Accept(t.Context(), ids[n], issuer, "one subject")
			return err
		}); n != 1 {
			t.Errorf("one account became %d people", n)
		}
	})
}

// Who is removed has neither account nor invitation, and those that they made have ended; others have theirs.
func TestRemovalEndsAccountAndInvitations(t *testing.T) {
	played.Both(t, func(t *testing.T, p testdb.Place) {
		s := open(t, p.Open(t))
		noor, vic, mia := user(t, s, "noor@lumen.example"), user(t, s, "vic@lumen.example"), user(t, s, "mia@acme.example")
		own, _ := invited(t, s, noor.ID, vic)
		if who, err := s.Accept(t.Context(), own.ID, issuer, "vic"); err != nil || who.ID != vic.ID {
			t.Fatalf("%+v, %v", who, err)
		}
		made, secret := invited(t, s, vic.ID, mia)
		other, _ := invited(t, s, noor.ID, user(t, s, "bea@bolt.example"))
		if err := s.Remove(t.Context(), noor, vic.ID); err != nil {
			t.Fatal(err)
		}
		_, err := s.Account(t.Context(), issuer, "vic")
		_, gone := s.Invited(t.Context(), secret)
		if !errors.Is(err, store.ErrNotFound) || !errors.Is(gone, store.ErrNotFound) {
			t.Errorf("the account: %v; the invitation %s: %v", err, made.ID, gone)
		}
		list, err := s.Invitations(t.Context())
		if err != nil || len(list) != 1 || list[0].ID != other.ID {
			t.Errorf("the invitations are %+v, %v", list, err)
		}
		if err := s.EndInvitation(t.Context(), other.ID); err != nil {
			t.Error(err)
		}
		again, _ := invited(t, s, noor.ID, vic)
		if who, err := s.Accept(t.Context(), again.ID, issuer, "vic"); err != nil || who.ID == vic.ID {
			t.Errorf("invited again: %+v, %v", who, err)
		}
	})
}

// The database has no secret of an invitation, nor one of a browser.
func TestSecretsAreNotStored(t *testing.T) {
	file := filepath.Join(t.TempDir(), "portal.db")
	db, err := store.OpenSQLite(file)
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, db)
	i, secret := invited(t, s, "", store.User{Name: "Zoe", Party: sample.Acme, Rep: "zoe", Zone: time.UTC})
	login := store.Login{State: "state", Browser: "a secret of the browser"}
	if err := s.BeginLogin(t.Context(), login); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil { // which writes all to the file
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), i.ID) {
		t.Fatal("the file is not what was expected", err)
	}
	if strings.Contains(string(text), secret) || strings.Contains(string(text), login.Browser) {
		t.Error("the database has a secret")
	}
}

// So many invitations are open at once, and no more; those that have ended do not count.
func TestOpenInvitationsAreBounded(t *testing.T) {
	s := open(t, testdb.SQLite(t).Open(t))
	invite := func(i int) error {
		_, err := s.Invite(t.Context(), "", store.Invitation{Issuer: issuer, Expiry: time.Now().Add(time.Hour),
			Person: store.User{Party: sample.Acme, Rep: fmt.Sprint("r", i), Zone: time.UTC}})
		return err
	}
	for i := range 500 {
		if err := invite(i); err != nil {
			t.Fatal(err)
		}
	}
	if err := invite(500); !errors.Is(err, store.ErrTooMany) {
		t.Errorf("the 501st invitation: %v", err)
	}
	list, err := s.Invitations(t.Context())
	if err != nil || len(list) != 500 {
		t.Fatalf("%d invitations are open, %v", len(list), err)
	}
	if err := s.EndInvitation(t.Context(), list[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := invite(500); err != nil {
		t.Error(err)
	}
}
