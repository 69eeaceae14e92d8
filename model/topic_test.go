package model_test

import (
	"errors"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// topicSides holds the side of each topic; commercial and unknown follow the registration.
var topicSides = map[model.Topic]model.Side{
	model.BusinessProcess: model.Partner, model.Services: model.Partner, model.ImplementationTopic: model.Partner,
	model.Product: model.Vendor, model.Technical: model.Vendor, model.Security: model.Vendor,
	model.Commercial: 0, model.UnknownTopic: 0,
}

// role.single_owner: alternating work goes to the side of the topic; where the topic has
// none it stays with the side that registered the deal. Other work does not move.
func TestTopicDecidesAlternatingWorkAlone(t *testing.T) {
	for _, e := range models {
		everyOrigin(func(o model.Origin) {
			roles, err := model.Assign(e, pair(), o)
			if err != nil {
				t.Fatal(err)
			}
			for topic, side := range topicSides {
				for i, row := range model.DefaultMatrix() {
					want := roles.Duties[i].Accountable
					if row.Under(e).Mode == model.Alternates && side != 0 {
						want = map[model.Side]model.Party{model.Partner: acme, model.Vendor: us}[side]
					}
					d, err := roles.On(row.Responsibility, topic)
					owner := map[model.Party]string{acme: "ana", us: "bo"}[want]
					if err != nil || d.Accountable != want || d.Owner != owner {
						t.Errorf("role.single_owner %s, %v, %+v, topic %q: %v by %q (%v), want %v", row.Responsibility, e, o, topic, d.Accountable, d.Owner, err, want)
					}
					if d.Responsibility != row.Responsibility || d.Says != row.Says || d.Cell != row.Under(e) {
						t.Errorf("%s on %q is another duty: %+v", row.Responsibility, topic, d)
					}
				}
			}
		})
	}
}

func TestTopicFindsTheAssignedRep(t *testing.T) {
	team := model.Team{
		Reps:      []model.Rep{{ID: "ana", Party: acme, Lead: true}, {ID: "ben", Party: acme}, {ID: "bo", Party: us}},
		Assigned:  map[model.Responsibility][]string{model.Meetings: {"ben"}},
		Consulted: map[model.Responsibility][]string{model.Meetings: {"zoe"}},
	}
	roles, err := model.Assign(model.TrueCoSell, team, model.Origin{Source: model.FromVendor})
	if err != nil {
		t.Fatal(err)
	}
	for topic, want := range map[model.Topic]string{model.Services: "ben", model.Security: "bo", model.Commercial: "bo"} {
		d, err := roles.On(model.Meetings, topic)
		if err != nil || d.Owner != want || d.PartnerRep != "ben" || d.VendorRep != "bo" || len(d.Consulted) != 1 || d.Consulted[0] != "zoe" {
			t.Errorf("a meeting about %v: %+v (%v), want %q", topic, d, err, want)
		}
		d.Consulted[0] = "changed"
	}
	if got := roles.Duties[2].Consulted[0]; got != "zoe" {
		t.Errorf("a duty shares its slice: %q", got)
	}
}

func TestTopicAndResponsibilityMustBeKnown(t *testing.T) {
	roles, err := model.Assign(model.TrueCoSell, pair(), model.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := roles.On("role.tea", model.Product)
	wantProblems(t, err, "responsibility role.unknown")
	if err == nil || err.Error() != `responsibility: "role.tea" is no responsibility of the matrix` || d.Responsibility != "" {
		t.Errorf("%v, and a duty %+v", err, d)
	}
	_, err = roles.On(model.Meetings, 8)
	wantProblems(t, err, "topic topic.unknown")
	if _, err := (model.Roles{}).On(model.Meetings, model.Product); !errors.Is(err, value.Code("role.unknown")) {
		t.Errorf("no roles: %v", err)
	}
}
