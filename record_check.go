package coselling

import (
	"strconv"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

const (
	maxEvents     = 10_000
	maxFacts      = 1000
	maxActivities = 100_000
	maxClaims     = 1000
	maxBlockers   = 1000
	maxNote       = 1000 // bytes
)

// Check returns every problem that makes a record malformed, up to a thousand: a fact
// that cannot be named, because it lacks its id, its kind or its instant ([FactID],
// [FactInstant] and the code of the kind); an instant outside the years 1 to 9999; two
// blockers of one id that say different things ([FactTwice]); text that is not UTF-8 or
// above 4,096 bytes, a note above 1,000 ([FactText]); a number that is none of a closed enumeration (the
// code of its parse function); more than 10,000 events, 1,000 facts, 100,000 activities,
// 1,000 claims, 1,000 blockers or 1,000 elements of any other list ([FactExcess]).
//
// All else is for the part of the answer that reads the fact, which [View.Missing]
// tells: what a fact lacks beside its name, a kind that the book does not know, a move
// that the rules refuse, two activities of one id that contradict each other.
func (r Record) Check() error {
	var problems value.Errors
	checkEach(&problems, "events", r.Events, maxEvents, checkEvent)
	checkEach(&problems, "facts", r.Facts, maxFacts, checkFact)
	checkEach(&problems, "activities", r.Activities, maxActivities, checkActivity)
	checkEach(&problems, "claims", r.Claims, maxClaims, checkClaim)
	checkEach(&problems, "blockers", r.Blockers, maxBlockers, checkBlocker)
	if len(problems) == 0 {
		checkTwice(&problems, r.Blockers)
	}
	return problems.Err()
}

func checkEvent(e *stage.Event) error {
	var problems value.Errors
	if e.Verb.String() == "" {
		problems.Add("verb", value.NewError(stage.VerbUnknown, "nothing", "says what was done"))
	}
	problems.Add("at", checkInstant(e.At))
	problems.Add("by", checkPerson(&e.By))
	problems.Add("to", checkText(string(e.To)))
	problems.Add("task", checkText(string(e.Task)))
	problems.Add("engagement", checkNumber(model.EngagementUnknown, e.Engagement, model.TrueCoSell))
	problems.Add("size", checkNumber(model.SizeUnknown, e.Size, model.Simplified))
	problems.Add("reason", checkText(e.Reason))
	checkEach(&problems, "consents", e.Consents, maxList, checkConsent)
	checkEach(&problems, "evidence", e.Evidence, maxList, checkFact)
	checkEach(&problems, "overrides", e.Overrides, maxList, checkOverride)
	return problems.Err()
}

func checkConsent(c *model.Consent) error {
	var problems value.Errors
	problems.Add("by", checkPerson(&c.By))
	problems.Add("at", checkYear(c.At))
	return problems.Err()
}

func checkOverride(o *stage.Override) error {
	var problems value.Errors
	problems.Add("gate", checkText(string(o.Gate)))
	problems.Add("by", checkPerson(&o.By))
	problems.Add("at", checkYear(o.At))
	problems.Add("reason", checkText(o.Reason))
	problems.Add("escalated", checkYear(o.Escalated))
	return problems.Err()
}

func checkFact(f *stage.Fact) error {
	var problems value.Errors
	problems.Add("kind", checkID(stage.FactKindUnknown, string(f.Kind), maxID))
	problems.Add("at", checkInstant(f.At))
	problems.Add("by", checkText(f.By))
	problems.Add("side", checkNumber(model.SideUnknown, f.Side, model.Vendor))
	problems.Add("until", checkYear(f.Until))
	problems.Add("proposal", checkText(f.Proposal))
	problems.Add("without", checkNumber(model.SideUnknown, f.Without, model.Vendor))
	return problems.Err()
}

func checkActivity(a *comms.Activity) error {
	var problems value.Errors
	problems.Add("id", checkID(FactID, a.ID, maxID))
	problems.Add("kind", a.Kind.Check())
	problems.Add("at", checkInstant(a.At))
	problems.Add("end", checkYear(a.End))
	problems.Add("side", checkNumber(model.SideUnknown, a.Side, model.Vendor))
	problems.Add("from", checkText(a.From))
	problems.Add("subject", checkText(a.Subject))
	problems.Add("purpose", checkNumber(comms.PurposeUnknown, a.Purpose, comms.Debrief))
	problems.Add("offer.item", checkText(a.Offer.Item))
	checkTexts(&problems, "to", a.To)
	checkTexts(&problems, "refs", a.Refs)
	checkTexts(&problems, "about", a.About)
	checkEach(&problems, "covers", a.Covers, maxList, func(p *comms.Part) error {
		return checkNumber(comms.PartUnknown, *p, comms.IssuesFlagged)
	})
	return problems.Err()
}

func checkClaim(c *registration.Claim) error {
	var problems value.Errors
	problems.Add("id", checkID(FactID, c.ID, maxID))
	problems.Add("claimant", checkParty(&c.Claimant))
	problems.Add("submitted", checkInstant(c.Submitted))
	problems.Add("filing", checkFiling(&c.Filing))
	problems.Add("key", checkKey(&c.Key))
	if c.Exception != nil {
		problems.Add("exception.by", checkPerson(&c.Exception.By))
		problems.Add("exception.reason", checkText(c.Exception.Reason))
	}
	checkEach(&problems, "events", c.Events, maxList, func(e *registration.Event) error {
		var problems value.Errors
		problems.Add("do", checkNumber(registration.ActionUnknown, e.Do, registration.Lose))
		problems.Add("by", checkPerson(&e.By))
		problems.Add("at", checkInstant(e.At))
		problems.Add("reason", checkText(e.Reason))
		problems.Add("progress", checkYear(e.Progress))
		return problems.Err()
	})
	return problems.Err()
}

func checkFiling(f *registration.Filing) error {
	var problems value.Errors
	problems.Add("key", checkText(f.Key))
	problems.Add(value.JoinPath("account", "name"), checkText(f.Account.Name))
	problems.Add(value.JoinPath("account", "country"), checkText(f.Account.Country))
	checkTexts(&problems, "account.domains", f.Account.Domains)
	checkEach(&problems, "account.ids", f.Account.IDs, maxList, checkIdentifier)
	problems.Add("with", checkParty(&f.With))
	checkTexts(&problems, "scope.products", f.Scope.Products)
	checkTexts(&problems, "scope.regions", f.Scope.Regions)
	problems.Add("by", checkText(f.By))
	return problems.Err()
}

func checkKey(k *matching.Key) error {
	var problems value.Errors
	problems.Add("name", checkText(k.Name))
	problems.Add("country", checkText(k.Country))
	checkTexts(&problems, "domains", k.Domains)
	checkEach(&problems, "ids", k.IDs, maxList, checkIdentifier)
	return problems.Err()
}

func checkIdentifier(id *matching.Identifier) error {
	var problems value.Errors
	problems.Add("scheme", checkText(string(id.Scheme)))
	problems.Add("value", checkText(id.Value))
	return problems.Err()
}

func checkBlocker(b *Blocker) error {
	var problems value.Errors
	problems.Add("id", checkID(FactID, b.ID, maxDealID))
	problems.Add("kind", checkID(escalation.KindID, string(b.Kind), maxDealID))
	problems.Add("raised", checkInstant(b.Raised))
	problems.Add("by", checkPerson(&b.By))
	problems.Add("note", checkNote(b.Note))
	checkEach(&problems, "acknowledged", b.Acknowledged, maxList, checkHandled)
	problems.Add("resolved", checkHandling(&b.Resolved))
	return problems.Err()
}

// checkHandled checks what a person did to a blocker.
func checkHandled(e *escalation.Event) error {
	var problems value.Errors
	problems.Add("at", checkInstant(e.At))
	problems.Add("by", checkPerson(&e.By))
	problems.Add("note", checkNote(e.Note))
	return problems.Err()
}

// checkNote refuses here what escalation would refuse: told as a fact that lacks, the
// length of an internal note would show to the other side.
func checkNote(note string) error {
	if len(note) > maxNote {
		return value.NewError(FactText, strconv.Itoa(len(note))+" bytes", "are no note of at most "+strconv.Itoa(maxNote)+" bytes")
	}
	return checkText(note)
}

// checkHandling does the same where nobody may have done it.
func checkHandling(e *escalation.Event) error {
	if *e == (escalation.Event{}) {
		return nil
	}
	return checkHandled(e)
}

// checkTwice refuses blockers that share an id and are not equal.
func checkTwice(problems *value.Errors, blockers []Blocker) {
	first := make(map[string]*Blocker, len(blockers))
	for i := range blockers {
		b := &blockers[i]
		if known, ok := first[b.ID]; ok && compareBlockers(*known, *b) != 0 {
			problems.Add(value.Index("blockers", i)+".id", value.NewError(FactTwice, value.Quote(b.ID), "is the id of another blocker too; give each its own"))
		}
		first[b.ID] = b
	}
}
