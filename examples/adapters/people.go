package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
)

// prospect adds a person of the company that buys, with the mail address and then parts of the
// name. A person without an address cannot be identified and is listed as unmapped.
func prospect(d *draft, f []*node) {
	address := d.address(f[0])
	if address == "" {
		return
	}
	name := d.joined(f[1:], " ")
	if known := d.know(comms.Correspondent{Name: name, Prospect: true, Addresses: []string{address}}); known.Name != name || !known.Prospect {
		d.lose(f[0].path, name+" has the address of "+cmp.Or(known.Name, "somebody")+", and counts as the same person")
	}
}

// repOf takes a rep of a side, who is known by mail address; the zero side is that of
// the CRM. A lead one is its side's lead rep.
func repOf(side model.Side, lead bool) reading {
	return func(d *draft, f []*node) {
		if side == 0 {
			d.rep(d.side(), lead, f[0])
			return
		}
		d.rep(side, lead, f[0])
	}
}

// repTitled takes a rep of a side, of whom mail address and title are given; the title
// of the lead rep is known.
func repTitled(side model.Side, lead string) reading {
	return func(d *draft, f []*node) { d.rep(side, f[0] != nil && d.text(f[1]) == lead, f[0]) }
}

// repByDomain takes a rep whose mail domain says for whom. Where it does not, the person
// is listed as unmapped.
func repByDomain(d *draft, f []*node) {
	if f[0] == nil {
		return
	}
	if side := d.terms.sideOf(f[0].text); side != 0 {
		d.rep(side, false, f[0])
	}
}

// rep adds a rep once: to the team, and to those whose mails are known.
func (d *draft) rep(side model.Side, lead bool, n *node) {
	id := d.address(n)
	if id == "" {
		return
	}
	d.teamRep(model.Rep{ID: id, Party: d.terms.party(side), Lead: lead})
	d.know(comms.Correspondent{Name: id, Party: d.terms.party(side), Addresses: []string{id}})
}

// teamRep adds a rep to the team once; the first that leads a side does.
func (d *draft) teamRep(rep model.Rep) {
	side := rep.Party.Side
	rep.Lead = rep.Lead && !d.leads[side]
	d.leads[side] = d.leads[side] || rep.Lead
	at := slices.IndexFunc(d.Deal.Team.Reps, func(r model.Rep) bool { return r.ID == rep.ID })
	if at < 0 {
		d.Deal.Team.Reps = append(d.Deal.Team.Reps, rep)
		return
	}
	d.Deal.Team.Reps[at].Lead = d.Deal.Team.Reps[at].Lead || rep.Lead
}

// know adds somebody, and returns who has the address: two people with one address are
// one.
func (d *draft) know(p comms.Correspondent) comms.Correspondent {
	for _, known := range d.Deal.People {
		if strings.EqualFold(known.Addresses[0], p.Addresses[0]) {
			return known
		}
	}
	d.Deal.People = append(d.Deal.People, p)
	return p
}

// finishLeads gives every side its one lead rep.
func (d *draft) finishLeads() {
	for i := range d.Deal.Team.Reps {
		if rep := &d.Deal.Team.Reps[i]; !d.leads[rep.Party.Side] {
			rep.Lead, d.leads[rep.Party.Side] = true, true
			d.assumeLead(rep)
		}
	}
	for i := range d.Deal.People {
		p := &d.Deal.People[i]
		p.Lead = slices.ContainsFunc(d.Deal.Team.Reps, func(r model.Rep) bool { return r.Lead && r.ID == p.Name && r.Party == p.Party })
	}
}

// assumeLead says so where the first of several reps became the lead rep.
func (d *draft) assumeLead(lead *model.Rep) {
	for _, rep := range d.Deal.Team.Reps {
		if rep.Party == lead.Party && rep.ID != lead.ID {
			d.assume("deal.team", "nobody says who leads; for the "+lead.Party.Side.String()+" it is "+lead.ID+", the first who is named")
			return
		}
	}
}

// joined is a text whose parts stand in several fields.
func (d *draft) joined(f []*node, by string) string {
	var parts []string
	for _, n := range f {
		if text := d.text(n); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, by)
}
