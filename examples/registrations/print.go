package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

// story takes steps and prints their answers. After the first error it does nothing.
type story struct {
	ctx      context.Context
	out      io.Writer
	registry *registration.Registry
	clock    *clock
	parts    int
	err      error
}

// claim holds the key and the id of a claim, which a client keeps.
type claim struct{ key, id string }

func (s *story) printf(format string, args ...any) {
	if s.err == nil {
		_, s.err = fmt.Fprintf(s.out, format, args...)
	}
}

func (s *story) part(title string) {
	if s.parts++; s.parts > 1 {
		s.printf("\n")
	}
	s.printf("%s\n", title)
}

func (s *story) at(text string) { s.clock.t = instant(text) }

// submit files a claim and prints the answer to the claimant. A filing that is refused has
// no id.
func (s *story) submit(p model.Party, f registration.Filing) claim {
	if s.err != nil {
		return claim{}
	}
	answer, err := s.registry.Submit(s.ctx, p, f)
	s.err = err
	s.line(p.Org, "files "+f.Key+" on "+f.Account.Domains[0])
	s.print(answer)
	return claim{f.Key, answer.Claim}
}

// act takes a step with a claim and prints the answer to the party of the person.
func (s *story) act(c claim, e registration.Event) {
	if s.err != nil {
		return
	}
	answer, err := s.registry.Act(s.ctx, c.id, e)
	s.err = err
	s.line(e.By.Party.Org, e.By.Name+" wants to "+e.Do.String()+" "+c.key)
	s.print(answer)
}

// answer prints how a claim stands, as far as a party may know it.
func (s *story) answer(p model.Party, c claim) {
	if s.err != nil {
		return
	}
	answer, err := s.registry.Answer(s.ctx, p, c.id, s.clock.t.Add(time.Second))
	s.err = err
	s.line(p.Org, "asks for "+c.key)
	s.print(answer)
}

// explain prints how a claim stands, with every party's name, for the vendor.
func (s *story) explain(c claim) {
	if s.err != nil {
		return
	}
	d, near, err := s.registry.Explain(s.ctx, c.id, s.clock.t.Add(time.Second))
	s.err = err
	s.line(us.Org, "asks about "+c.key)
	s.printf("%s, %s of %s\n", d.Standing.Status, d.Claim.Filing.Account.Name, d.Claim.Claimant)
	s.rivals("rival", d.Rivals)
	s.rivals("near", near)
}

// preview prints the decision that a filing would get and the claims in its way, for the
// vendor.
func (s *story) preview(p model.Party, f registration.Filing) {
	if s.err != nil {
		return
	}
	d, err := s.registry.Preview(s.ctx, p, f)
	s.err = err
	s.line(us.Org, "asks about "+f.Key)
	s.printf("%s, %s of %s\n", d.Standing.Status, f.Account.Name, p)
	s.rivals("rival", d.Rivals)
}

// registrant prints which side holds the registration of a deal.
func (s *story) registrant(c claim, deal registration.Facts) {
	if s.err != nil {
		return
	}
	registrant, reasons, err := s.registry.Registrant(s.ctx, c.id, deal, s.clock.t.Add(time.Second))
	s.err = err
	s.line(us.Org, "asks about a deal of "+deal.Partner.Org)
	s.printf("registered %s\n", registrant)
	for _, reason := range reasons {
		s.more("why", reason.String())
	}
}

func (s *story) rivals(what string, list []registration.Rival) {
	for _, r := range list {
		var text strings.Builder
		fmt.Fprintf(&text, "%s of %s, %s", r.Standing.Claim.Filing.Account.Name, r.Standing.Claim.Claimant,
			r.Standing.Status)
		for _, evidence := range r.Match.Evidence {
			fmt.Fprintf(&text, "; %s", evidence)
		}
		s.more(what, text.String())
	}
}

func (s *story) line(who, what string) {
	s.printf("%s  %-4s  %-32s  ", s.clock.t.Format("2006-01-02 15:04:05"), who, what)
}

// print prints an answer.
func (s *story) print(a registration.Answer) {
	s.printf("%s", a.Status)
	if !a.Due.IsZero() && a.Status == registration.Submitted {
		s.printf(", decided by %s", a.Due.Format(time.RFC3339))
	}
	if a.Active {
		s.printf(", until %s", a.Until.Format(time.RFC3339))
	}
	s.printf("\n")
	for _, h := range a.Held {
		text := fmt.Sprintf("by the vendor, for %s", h.Scope)
		if h.Holder == model.Partner {
			text = fmt.Sprintf("by another partner, for %s", h.Scope)
		}
		if !h.Until.IsZero() {
			text += ", until " + h.Until.Format(time.RFC3339)
		}
		s.more("held", text)
	}
	for _, reason := range a.Reasons {
		s.more(string(reason.Code()), reason.String())
	}
}

func (s *story) more(what, text string) { s.printf("%27s%-32s  %s\n", "", what, text) }
