package main

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage/mapping"
)

// The fields are those of the deals of the HubSpot CRM API, version 3, with the
// properties that a fresh account has. Ask for them by name, and for the history of
// dealstage: without that nobody knows since when a deal stands where it stands.

// hubspotTypes are the values of dealtype.
var hubspotTypes = []meaning[model.YesNo]{{"newbusiness", model.No}, {"existingbusiness", model.Yes}}

var hubspot = source{
	title:  "HubSpot, deal",
	from:   "HubSpot",
	stages: mapping.HubSpot,
	list:   "results",
	needs:  []string{"properties.dealstage", "properties.dealname"},
	rows: []row{
		{of: []string{"id", "properties.hs_object_id"}, to: "deal.id", says: "the first that is there", read: toID},
		{at: "properties", of: []string{"amount", "deal_currency_code"}, to: "deal.amount", says: "without a currency that of the account", read: toAmount},
		{of: []string{"properties.createdate", "createdAt"}, to: "deal.opening.day", says: "the first that is there", read: toCreated},
		{at: "properties", of: []string{"dealstage"}, to: "deal.opening.stage", says: "by the mapping hubspot", read: toStage},
		{at: "propertiesWithHistory.dealstage[]", of: []string{"value", "timestamp"}, to: "deal.opening.at", says: "the last time that it came to its stage", read: toEntered},
		{at: "properties", of: []string{"closedate"}, to: "deal.opening.at", says: "without a history, of a deal that has ended", read: toClosed},
		{of: []string{"properties.hs_lastmodifieddate", "updatedAt"}, to: "deal.opening.at", says: "without both: the stage stands since then at the latest", read: toChanged},
		{at: "properties", of: []string{"closed_lost_reason"}, to: "record.events", says: "the reason of the loss", read: toWhyLost},
		choice("properties", "dealtype", "deal.signals", hubspotTypes, toRelationship),
		{at: "properties", of: []string{"hubspot_owner_id"}, to: "deal.team", says: "the lead rep of the company whose CRM it is", loses: "the owner's name and mail address: another record has them", read: toOwner},
		{of: []string{"archived"}, says: "an archived deal is refused", to: "nothing", read: refuseDeleted},

		left("properties", "dealname", asTitle),
		left("properties", "amount", asNumber),
		left("properties", "closedate", asHope),
		left("properties", "pipeline", "names the set of stages; with several pipelines give -stages for each"),
		left("", "properties.hs_object_id properties.hs_createdate createdAt", "is said twice"),
		left("", "properties.hs_lastmodifieddate updatedAt", asChanged),
		left("properties", "hs_analytics_source", "is which page they came from, not which company brought them"),
		left("associations", "", "are ids of other records: ask for the company and the contacts"),
		left("propertiesWithHistory", "dealstage[]", "is the history of the stage; a deal enters at its last one"),
		left("properties", "closed_lost_reason", asOpen),
	},
}

// toOwner takes the rep who owns the deal, by id.
func toOwner(d *draft, f []*node) {
	if id := d.id(f[0]); id != "" {
		d.teamRep(model.Rep{ID: id, Party: d.terms.party(d.side())})
	}
}
