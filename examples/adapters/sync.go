package main

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
)

// syncing is what a connector knows of one opportunity of AWS Partner Central when it asks what to do next.
type syncing struct {
	event  *node    // an event of EventBridge that has arrived; nil: none
	ours   *node    // what is to stand there: members of CreateOpportunity; what is missing is not ours, null empties
	seen   *node    // what GetOpportunity gave when we last took or wrote it; nil: never
	theirs *node    // what it gives now; nil: there is none, or none is known
	found  []string // ids of the opportunities there that have our PartnerOpportunityIdentifier
}

// Verbs of a decision.
const (
	doCreate    = "create"    // CreateOpportunity with the payload
	doUpdate    = "update"    // UpdateOpportunity with the payload
	doFetch     = "fetch"     // GetOpportunity, and ask again
	doWait      = "wait"      // ask again later
	doConflict  = "conflict"  // a person decides
	doDuplicate = "duplicate" // a person, or a link to what is there, in place of a second one
	doNothing   = "nothing"   // both have the same
)

// decision is what the connector does next. It writes nothing unless Do is create or update.
type decision struct {
	Do         string         `json:"do"`
	Identifier string         `json:"identifier,omitempty"` // of the opportunity there
	Payload    jsontext.Value `json:"payload,omitempty"`    // of the call, whole: AWS empties what an update leaves out
	Because    []note         `json:"because,omitempty"`
	Held       []note         `json:"held,omitempty"` // fields of ours that AWS does not take now; ask again later
	Take       []note         `json:"take,omitempty"` // fields that they changed and we did not: for our CRM
}

// awsUpdate are the members that UpdateOpportunity takes beside Catalog, Identifier and LastModifiedDate, and awsCreate
// those that only CreateOpportunity takes.
var (
	awsUpdate = []string{"Customer", "LifeCycle", "Marketing", "NationalSecurity", "OpportunityType",
		"PartnerOpportunityIdentifier", "PrimaryNeedsFromAws", "Project", "SoftwareRevenue"}
	awsCreate = []string{"OpportunityTeam", "Origin", "Tags"}
)

// awsReadOnly are fields of AWS below members that are written.
var awsReadOnly = []string{"LifeCycle.ReviewStatus", "LifeCycle.ReviewComments", "LifeCycle.ReviewStatusReason"}

// parseSyncing reads the members of [syncing] by their names.
func parseSyncing(data []byte) (syncing, error) {
	root, err := parse(data)
	if err != nil {
		return syncing{}, err
	}
	var s syncing
	var problems value.Errors
	for _, n := range root.under('{', "an object", &problems).below {
		switch n.name {
		case "event", "ours", "seen", "theirs":
			if n.says() {
				into := map[string]**node{"event": &s.event, "ours": &s.ours, "seen": &s.seen, "theirs": &s.theirs}[n.name]
				*into = n.under('{', "an object", &problems)
			}
		case "found":
			for _, id := range n.under('[', "a list", &problems).below {
				if id.kind != '"' {
					id.refuse(&problems, value.NewError(fieldKind, "a JSON "+kindName(id.kind), "stands where the id of an opportunity is documented"))
				}
				s.found = append(s.found, id.text)
			}
		default:
			problems.Add(n.path, value.Known(payloadShape, n.name, []string{"event", "ours", "seen", "theirs", "found"}))
		}
	}
	return s, problems.Err()
}

// Sync decides what to do next with one opportunity. It does nothing itself, and the same input gives the same
// decision. An event says only that something there is to be fetched: what else it says may be older than what is known.
func Sync(s syncing) (decision, error) {
	if s.event != nil {
		return s.fetch()
	}
	if err := s.check(); err != nil {
		return decision{}, err
	}
	id := s.theirs.string("Id")
	others := slices.DeleteFunc(slices.Clone(s.found), func(other string) bool { return other == id })
	switch {
	case len(others) > 0:
		return decided(doDuplicate, others[0], "PartnerOpportunityIdentifier",
			s.key()+" is already that of "+strings.Join(others, ", ")+"; fetch it and write there, or ask which one counts"), nil
	case s.theirs == nil && s.seen != nil:
		return decided(doConflict, s.seen.string("Id"), "", "it was seen and is not there any more"), nil
	case s.theirs == nil:
		return s.create(), nil
	case s.seen == nil && s.theirs.string("PartnerOpportunityIdentifier") != "" && s.theirs.string("PartnerOpportunityIdentifier") != s.key():
		return decided(doDuplicate, id, "PartnerOpportunityIdentifier",
			"it belongs to "+s.theirs.string("PartnerOpportunityIdentifier")+", and not to "+s.key()), nil
	}
	return s.update()
}

func decided(do, id, path, because string) decision {
	return decision{Do: do, Identifier: id, Because: []note{{path, because}}}
}

// fetch reads an event: only of which opportunity it is.
func (s syncing) fetch() (decision, error) {
	if source := s.event.string("source"); source != "aws.partnercentral-selling" {
		return decision{}, value.Below("event.source", value.NewError(payloadShape, value.Quote(source), "is no event of aws.partnercentral-selling"))
	}
	id := ""
	for _, path := range []string{"detail.opportunity.identifier", "detail.resourceSnapshot.resourceId"} {
		for _, n := range s.event.find(path, nil) {
			id = cmp.Or(id, n.text)
		}
	}
	if id == "" {
		return decided(doNothing, "", "event.detail", "it names no opportunity"), nil
	}
	return decided(doFetch, id, "", "something there has changed"), nil
}

// check refuses documents that contradict one another, and members that AWS does not take.
func (s syncing) check() error {
	if s.ours == nil {
		return value.Below("ours", value.NewError(fieldMissing, "nothing", "is said, and there is no event"))
	}
	var problems value.Errors
	if s.key() == "" {
		problems.Add("ours.PartnerOpportunityIdentifier", value.NewError(fieldMissing, "nothing", "is said; a second opportunity is known by it"))
	}
	if s.ours.string("Catalog") == "" {
		problems.Add("ours.Catalog", value.NewError(fieldMissing, "nothing", "is said; allowed are AWS and Sandbox"))
	}
	for _, n := range s.ours.below {
		if n.name != "Catalog" && !slices.Contains(awsUpdate, n.name) && !slices.Contains(awsCreate, n.name) {
			problems.Add(n.path, value.Known(payloadShape, n.name, slices.Concat([]string{"Catalog"}, awsUpdate, awsCreate)))
		}
	}
	for _, path := range awsReadOnly {
		for _, n := range s.ours.find(path, &problems) {
			problems.Add(n.path, value.NewError(payloadShape, value.Quote(n.text), "is for AWS to say; leave it out"))
		}
	}
	for _, doc := range []*node{s.seen, s.theirs} {
		if doc == nil {
			continue
		}
		for _, name := range []string{"Id", "LastModifiedDate"} {
			if doc.string(name) == "" {
				problems.Add(value.JoinPath(doc.path, name), value.NewError(fieldMissing, "nothing", "is said; GetOpportunity gives it"))
			}
		}
		if catalog := doc.string("Catalog"); catalog != "" && catalog != s.ours.string("Catalog") {
			problems.Add(doc.path+".Catalog", value.NewError(payloadOther, value.Quote(catalog), "is another catalog than ours"))
		}
	}
	if s.seen != nil && s.theirs != nil && s.seen.string("Id") != s.theirs.string("Id") {
		problems.Add("theirs.Id", value.NewError(payloadOther, value.Quote(s.theirs.string("Id")), "is another opportunity than the one that was seen"))
	}
	return problems.Err()
}

// key is the id of the deal in our CRM.
func (s syncing) key() string { return s.ours.string("PartnerOpportunityIdentifier") }

// create makes the payload of a new opportunity. Its client token follows from our id, so that a call whose answer was
// lost is repeated without a second opportunity: AWS refuses the token where the payload has changed since.
func (s syncing) create() decision {
	token := fmt.Sprintf("%x", sha256.Sum256([]byte(s.ours.string("Catalog")+"\x00"+s.key())))
	whole := &node{kind: '{', below: append(slices.Clone(s.ours.below), textNode("ClientToken", token))}
	return decision{Do: doCreate, Payload: jsontext.Value(whole.canonical())}
}

// update writes what we changed since it was last seen into what stands there now.
func (s syncing) update() (decision, error) {
	d := decision{Identifier: s.theirs.string("Id")}
	now, err := instantOf(s.theirs)
	if err != nil {
		return d, err
	}
	before, err := instantOf(s.seen)
	if err != nil {
		return d, err
	}
	if now.Before(before) {
		return decided(doWait, d.Identifier, "theirs.LastModifiedDate", "it is older than what was last seen; fetch it again"), nil
	}
	status := s.theirs.named("LifeCycle").string("ReviewStatus")
	r, known := reviewOf(status)
	if !known {
		return decided(doWait, d.Identifier, "theirs.LifeCycle.ReviewStatus", status+" is not known, so nothing says what may be written"), nil
	}
	m := merge{decision: &d, review: r, first: s.seen == nil}
	whole := &node{kind: '{', below: []*node{
		textNode("Catalog", s.ours.string("Catalog")), textNode("Identifier", d.Identifier),
		textNode("LastModifiedDate", s.theirs.string("LastModifiedDate")),
	}}
	for _, name := range awsUpdate {
		if n := m.field(name, s.ours.named(name), s.seen.named(name), s.theirs.named(name)); n != nil {
			whole.below = append(whole.below, n)
		}
	}
	switch {
	case len(d.Because) > 0:
		d.Do = doConflict
	case m.written > 0:
		d.Do, d.Payload = doUpdate, jsontext.Value(whole.canonical())
	case len(d.Held) == 0:
		d.Do = doNothing
	case r.final:
		d.Do = doConflict
	default:
		d.Do = doWait
	}
	return d, nil
}
