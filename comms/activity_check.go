package comms

import (
	"strconv"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const (
	maxID      = 998 // bytes, a line of a mail
	maxSubject = 4000
	maxList    = 1000 // people, references, ids, parts
	maxCount   = 1_000_000_000
)

// field is a field that only some kinds of activity have, or need.
type field uint16

const (
	hasEnd field = 1 << iota
	hasRefs
	hasAbout
	hasPurpose
	hasShared
	hasOffer
	hasAutomatic
	needsPeople
	needsAbout
)

// fieldsOf lists the fields that each kind has.
var fieldsOf = [...]field{
	Mail:         hasRefs | hasAutomatic | needsPeople,
	Meeting:      hasEnd | hasAbout | hasPurpose | needsPeople,
	Call:         hasEnd | hasAbout | hasPurpose | needsPeople,
	Note:         hasAbout | hasShared,
	Question:     0,
	Answer:       hasAbout | needsAbout,
	Quote:        hasOffer,
	Notification: hasAbout,
	Cancellation: hasAbout | needsAbout,
}

// normal returns the activity as the log keeps it, or all of its problems.
func (a Activity) normal() (Activity, error) {
	var problems value.Errors
	if a.ID == "" || len(a.ID) > maxID {
		problems.Refuse("id", activityID, value.Quote(a.ID), "is no id; give one of 1 to 998 bytes")
	}
	if !a.Side.IsValid() {
		problems.Refuse("side", activitySide, value.Quote(a.Side.String()),
			"is no side of the deal; allowed are partner, vendor")
	}
	problems.Add("at", checkInstant(a.At))
	if err := kindNames.Check(a.Kind); err != nil {
		problems.Add("kind", err)
		return Activity{}, problems.Err()
	}
	a.At, a.End = instant(a.At), instant(a.End)
	a.normalPeople(&problems)
	a.checkFields(&problems)
	a.checkSizes(&problems)
	if err := problems.Err(); err != nil {
		return Activity{}, err
	}
	a.Refs, a.About, a.Covers = set(a.Refs), set(a.About), set(a.Covers)
	return a, nil
}

func checkInstant(t time.Time) error { return wire.CheckInstant(t, "says when it happened") }

// normalPeople folds the addresses, and refuses missing or malformed ones.
func (a *Activity) normalPeople(problems *value.Errors) {
	if len(a.To) > maxList {
		problems.Add("to", tooMany(len(a.To), "people"))
		return
	}
	if fieldsOf[a.Kind]&needsPeople != 0 && len(a.To) == 0 {
		problems.Refuse("to", activityPeople, "nobody",
			"is named; a "+a.Kind.String()+" has somebody beside its author")
	}
	if a.From != "" {
		folded, err := foldAddress(a.From)
		problems.Add("from", err)
		a.From = folded
	} else if a.Kind == Mail {
		problems.Refuse("from", activityPeople, "nobody", "is named as the sender; a mail has one")
	}
	to := make([]string, len(a.To))
	for i, address := range a.To {
		folded, err := foldAddress(address)
		if err != nil {
			problems.Add(value.Index("to", i), err)
		}
		to[i] = folded
	}
	a.To = setOf(to)
}

func (a *Activity) checkFields(problems *value.Errors) {
	has := fieldsOf[a.Kind]
	for _, f := range [...]struct {
		name  string
		bit   field
		given bool
	}{
		{"end", hasEnd, !a.End.IsZero()},
		{"refs", hasRefs, len(a.Refs) > 0},
		{"about", hasAbout, len(a.About) > 0},
		{"purpose", hasPurpose, a.Purpose != 0},
		{"shared", hasShared, a.Shared},
		{"offer", hasOffer, a.Offer != Offer{}},
		{"automatic", hasAutomatic, a.Automatic},
	} {
		if f.given && has&f.bit == 0 {
			problems.Refuse(f.name, activityField, "a value", "is given; a "+a.Kind.String()+" has none")
		}
	}
	if has&needsAbout != 0 && len(a.About) == 0 {
		problems.Refuse("about", activityAbout, "nothing", "says what this "+a.Kind.String()+" is about; name the ids")
	}
	if has&hasEnd != 0 && !a.End.IsZero() {
		a.checkEnd(problems)
	}
	a.checkPurpose(problems)
	if a.Kind == Quote {
		problems.Add("offer", a.Offer.check())
	}
}

func (a *Activity) checkEnd(problems *value.Errors) {
	if err := checkInstant(a.End); err != nil {
		problems.Add("end", err)
	} else if a.End.Before(a.At) {
		problems.Refuse("end", activityEnd, a.End.Format(time.RFC3339Nano),
			"is before the start, "+a.At.Format(time.RFC3339Nano))
	}
}

func (a *Activity) checkPurpose(problems *value.Errors) {
	if a.Purpose > DebriefCall {
		problems.Add("purpose", purposeNames.Check(a.Purpose))
		return
	}
	served := a.Purpose == PrepCall || a.Purpose == DebriefCall
	if !served && len(a.Covers) > 0 {
		problems.Refuse("covers", activityField, "a list of parts", "is given; only a prep and a debrief have them")
	}
	if !served && fieldsOf[a.Kind]&hasPurpose != 0 && len(a.About) > 0 {
		problems.Refuse("about", activityField, "a value",
			"is given; of meetings and calls only a prep and a debrief have it")
	}
	if !served || len(a.Covers) > maxList {
		return
	}
	for i, part := range a.Covers {
		if err := a.Purpose.checkPart(part); err != nil {
			problems.Add(value.Index("covers", i), err)
		}
	}
}

func (a *Activity) checkSizes(problems *value.Errors) {
	if len(a.Subject) > maxSubject {
		problems.Refuse("subject", activitySize, strconv.Itoa(len(a.Subject))+" bytes",
			"are more than a subject has, which is 4000")
	}
	if len(a.Covers) > maxList {
		problems.Add("covers", tooMany(len(a.Covers), "parts"))
	}
	checkIDs(problems, "refs", a.Refs)
	checkIDs(problems, "about", a.About)
}

func checkIDs(problems *value.Errors, path string, ids []string) {
	if len(ids) > maxList {
		problems.Add(path, tooMany(len(ids), "ids"))
		return
	}
	for i, id := range ids {
		if id == "" || len(id) > maxID {
			problems.Refuse(value.Index(path, i), activityID, value.Quote(id), "is no id; give one of 1 to 998 bytes")
		}
	}
}

func tooMany(n int, of string) error {
	return value.NewError(activitySize, countOf(n, of), "are more than one activity takes, which is 1000")
}

func (o Offer) check() error {
	var problems value.Errors
	if o.Item == "" || len(o.Item) > maxID {
		problems.Refuse("item", activityOffer, value.Quote(o.Item), "names no item; give 1 to 998 bytes")
	}
	if o.Quantity < 1 || o.Quantity > maxCount {
		problems.Refuse("quantity", activityOffer, strconv.Itoa(o.Quantity), "is no quantity; give 1 to 1000000000")
	}
	if o.Months < 0 || o.Months > maxCount {
		problems.Refuse("months", activityOffer, strconv.Itoa(o.Months),
			"is no term; give 0, for none, to 1000000000 months")
	}
	if o.Price.Sign() <= 0 {
		problems.Refuse("price", activityOffer, o.Price.String(), "is no price; it is above zero, in a currency")
	}
	return problems.Err()
}

// checkAuthor refuses an author who belonged to the other side at that time.
func (a *Activity) checkAuthor(who roster) error {
	if a.From == "" {
		return nil
	}
	if author := who.find(a.From, a.At); author != nil && author.Party.Side.IsValid() &&
		author.Party.Side == a.Side.Other() {
		return value.Below("side", value.NewError(activitySide, value.Quote(a.Side.String()),
			"is not the side of "+value.Quote(a.From)+", who is of the "+author.Party.Side.String()))
	}
	return nil
}
