package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxParticipants = 20 // of a deal

// participant adds a further partner, each once, and says where it stands otherwise.
func (d *draft) participant(n *node, p model.Participant) {
	org := p.Party.Org
	switch {
	case org == "":
	case org == cmp.Or(d.Deal.Partner, d.terms.Partner):
		d.report(n, org+" leads the deal, and is no participant beside itself")
	case slices.ContainsFunc(d.Deal.Participants, func(q model.Participant) bool { return q.Party == p.Party }):
		d.report(n, org+" stands twice; the first counts")
	case len(d.Deal.Participants) == maxParticipants:
		d.lose(n.path, org+" is one more than the 20 participants of a deal")
	default:
		d.assume("deal.participants", "nobody says whether "+org+" is in front of the prospect; it is not")
		d.Deal.Participants = append(d.Deal.Participants, p)
	}
}

// awsFunctions are the responsibilities of who is invited to an engagement, as functions of the default book. It has
// none of a trainer: add one to yours, or such a participant is listed as unknown.
var awsFunctions = []meaning[model.Function]{
	{"Co-Sell Facilitator", model.Referral}, {"Facilitator", model.Referral},
	{"Distributor", model.Resale}, {"Reseller", model.Resale},
	{"Hardware Partner", model.Technology}, {"Software Partner", model.Technology},
	{"Managed Service Provider", model.Integration}, {"Services Partner", model.Integration},
	{"Training Partner", "training"},
}

// toInvited takes a partner who has accepted an invitation. One who has not, and one whose responsibility is not known,
// is reported.
func toInvited(d *draft, f []*node) {
	org := d.id(f[1])
	if org == "" || f[0] == nil {
		return
	}
	responsibilities, function := invitedAs(d, f[2])
	switch status := d.text(f[0]); {
	case !sameWord(status, "ACCEPTED"):
		d.report(f[1], org+" is invited as "+responsibilities+", and the invitation is "+status)
		return
	case function == "":
		d.report(f[1], org+" takes part as "+responsibilities+", which is no function of a participant")
		return
	}
	p := model.Participant{Party: model.PartnerOrg(org), Function: function}
	if at := d.instant(f[3]); !at.IsZero() {
		day, err := value.DateOf(at, d.terms.zone())
		if err != nil {
			f[3].refuse(&d.problems, err)
			return
		}
		p.From = day
		d.assume("deal.participants", "nobody says since when "+org+" takes part; it is the day of its invitation, "+day.String())
	}
	d.participant(f[1], p)
}

// invitedAs returns the responsibilities of an invitation in words, and the function of the first that has one. The
// others are lost.
func invitedAs(d *draft, list *node) (words string, function model.Function) {
	if list == nil {
		return "nothing", ""
	}
	var texts []string
	for _, n := range list.under('[', "a list", &d.problems).below {
		texts = append(texts, d.text(n))
		is, known := meant(awsFunctions, n)
		switch {
		case function == "" && known:
			function = is
		case is != function || !known:
			d.lose(n.path, texts[len(texts)-1]+": a participant has one function, and the first that is known counts")
		}
	}
	return cmp.Or(strings.Join(texts, " and "), "nothing"), function
}
