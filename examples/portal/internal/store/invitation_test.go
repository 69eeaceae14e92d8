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

// Of those who accept one invitation at once, one becomes the person; of the answers to one sign-in, one counts. The
// database has neither secret.
func TestAnInvitationAndASignInCountOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "portal.db")
	s, db, _ := open(t, file)
	zoe := store.User{Name: "Zoe", Party: sample.Acme, Rep: "zoe", Zone: time.UTC}
	secret, err := s.Invite(t.Context(), "", store.Invitation{Issuer: issuer, Person: zoe,
		Expiry: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	invitation, err := s.Invited(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	if n := atOnce(t, store.ErrNotFound, func(i int) error {
		_, err := s.Accept(t.Context(), invitation.ID, issuer, fmt.Sprint("subject", i))
		return err
	}); n != 1 {
		t.Errorf("%d accepted one invitation", n)
	}
	if people, _, err := s.People(t.Context(), ""); err != nil || len(people) != 1 || people[0].Issuer != issuer {
		t.Errorf("the people are %+v, %v", people, err)
	}
	login := store.Login{State: "state", Browser: "a secret of the browser", Next: "/"}
	if err := s.BeginLogin(t.Context(), login); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil { // which writes all to the file
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), invitation.ID) {
		t.Fatal("the file is not what was expected", err)
	}
	if strings.Contains(string(text), secret) || strings.Contains(string(text), login.Browser) {
		t.Error("the database has a secret")
	}
	s, _, _ = open(t, file)
	if n := atOnce(t, store.ErrNotFound, func(int) error {
		_, err := s.TakeLogin(t.Context(), login.State, login.Browser)
		return err
	}); n != 1 {
		t.Errorf("%d answers to one sign-in count", n)
	}
}

// One account is one person, however many invitations it accepts at once.
func TestAnAccountIsOnePerson(t *testing.T) {
	s, _, _ := open(t, filepath.Join(t.TempDir(), "portal.db"))
	var ids []string
	for i := range 20 {
		who := store.User{Name: "Zoe", Party: model.PartnerOrg(fmt.Sprint("Company ", i)), Rep: "zoe", Zone: time.UTC}
		secret, err := s.Invite(t.Context(), "", store.Invitation{Issuer: issuer, Person: who,
			Expiry: time.Now().Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		i, err := s.Invited(t.Context(), secret)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, i.ID)
	}
	if n := atOnce(t, store.ErrTaken, func(i int) error {
		_, err := s.Accept(t.Context(), ids[i], issuer, "subject")
		return err
	}); n != 1 {
		t.Errorf("one account became %d people", n)
	}
}

// So many invitations are open at once, and no more; those that have ended do not count.
func TestOpenInvitationsAreBounded(t *testing.T) {
	s, _, _ := open(t, filepath.Join(t.TempDir(), "portal.db"))
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
