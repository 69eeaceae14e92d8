package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// sideOf returns the side of a person; 0 for the prospect and for strangers.
func sideOf(deal comms.Facts, address string, at time.Time) (side model.Side, prospect bool) {
	p, _ := deal.PersonAt(address, at)
	return p.Party.Side, p.Prospect
}

// sideAmong returns the first side among some people.
func sideAmong(deal comms.Facts, people []string, at time.Time) model.Side {
	for _, address := range people {
		if side, _ := sideOf(deal, address, at); side.IsValid() {
			return side
		}
	}
	return 0
}

// mailLog makes activities of the mails. The kind of a mail between the two sides depends on
// its thread and its subject:
//
//   - "Question: …" is a question, and the first answer of the other side its answer;
//   - anything else is a mail; one that forwards another is of its thread, by references or by its subject.
//
// A line "Quote: 40 x Suite, 36 months: 96000.00 EUR" in a mail of either side is a price that its side states.
func mailLog(deal comms.Facts, mails []message) ([]logged, []problem) {
	known := earlier{map[string]comms.Activity{}, map[string][]string{}}
	slices.SortStableFunc(mails, func(a, b message) int { return a.at.Compare(b.at) })
	var log []logged
	var problems []problem
	for _, m := range mails {
		a := comms.Activity{ID: m.id, Kind: comms.Mail, At: m.at, From: m.from, To: m.to, Subject: m.subject,
			Refs: m.refs, Automatic: m.automatic,
			Side: sideAmong(deal, append([]string{m.from}, m.to...), m.at)}
		if !a.Side.IsValid() {
			problems = append(problems, problem{m.file, value.NewError("inbox.mail.people", "nobody of the two sides",
				"wrote or got the mail "+value.Quote(m.subject))})
			continue
		}
		side, _ := sideOf(deal, m.from, m.at)
		if side.IsValid() && !a.Automatic && !withProspect(deal, a) && acrossSides(deal, a) {
			a = known.internal(a)
		}
		known.add(a)
		log = append(log, logged{m.file, a})
		if side != a.Side {
			continue // only the two sides quote prices
		}
		quotes, err := quotesIn(m, a.Side)
		if err != nil {
			problems = append(problems, problem{m.file, err})
		}
		log = append(log, quotes...)
	}
	return log, problems
}

func withProspect(deal comms.Facts, a comms.Activity) bool {
	return slices.ContainsFunc(append([]string{a.From}, a.To...), func(address string) bool {
		_, prospect := sideOf(deal, address, a.At)
		return prospect
	})
}

// acrossSides reports whether somebody of the other side gets the mail.
func acrossSides(deal comms.Facts, a comms.Activity) bool {
	return slices.ContainsFunc(a.To, func(address string) bool {
		side, _ := sideOf(deal, address, a.At)
		return side == a.Side.Other()
	})
}

// earlier holds the mails before one, by id, and the ids by subject in lower case.
type earlier struct {
	byID      map[string]comms.Activity
	bySubject map[string][]string
}

func (k *earlier) add(a comms.Activity) {
	subject := strings.ToLower(a.Subject)
	k.byID[a.ID] = a
	k.bySubject[subject] = append(k.bySubject[subject], a.ID)
}

// before returns the mails that a mail answers or forwards: those of its references, or, in a mail without any, those
// whose subject stands behind the marks of an answer.
func (k *earlier) before(a comms.Activity) []string {
	if len(a.Refs) > 0 {
		return a.Refs
	}
	for rest := strings.ToLower(a.Subject); ; {
		mark := strings.IndexAny(rest, ":：]")
		if mark < 0 {
			return nil
		}
		rest = strings.TrimSpace(strings.TrimLeft(rest[mark:], ":：]"))
		if ids := k.bySubject[rest]; len(ids) > 0 {
			return ids[max(0, len(ids)-100):] // the log takes a thousand
		}
	}
}

// internal returns the activity of a mail from one side to the other.
func (k *earlier) internal(a comms.Activity) comms.Activity {
	if subject := strings.ToLower(a.Subject); strings.HasPrefix(subject, "question:") {
		a.Kind, a.Refs = comms.Question, nil
		return a
	}
	var questions, mails []string
	for _, id := range k.before(a) {
		switch other, ok := k.byID[id]; {
		case ok && other.Kind == comms.Question && other.Side != a.Side:
			questions = append(questions, id)
		case ok && other.Kind == comms.Mail:
			mails = append(mails, id)
		}
	}
	if len(questions) > 0 {
		a.Kind, a.Refs, a.About = comms.Answer, nil, questions
	} else if len(a.Refs) == 0 {
		a.Refs = mails
	}
	return a
}

var quoteLine = regexp.MustCompile(
	`(?m)^Quote: (\d{1,9}) x ([^,\r\n]{1,200}), (\d{1,4}) months: ([0-9.]{1,20} [A-Z]{3})\s*$`)

const maxQuotes = 100

// quotesIn returns the prices that a mail states.
func quotesIn(m message, side model.Side) ([]logged, error) {
	var problems value.Errors
	var list []logged
	for i, line := range m.quotes {
		match := quoteLine.FindStringSubmatch(line)
		price, err := value.ParseMoney(match[4])
		if err != nil {
			problems.Refuse(value.Quote(match[0]), "inbox.quote.format", value.Quote(match[4]), "is no price")
			continue
		}
		quantity, _ := strconv.Atoi(match[1]) // digits, bounded by the expression
		months, _ := strconv.Atoi(match[3])
		list = append(list, logged{m.file, comms.Activity{ID: m.id + "#quote" + strconv.Itoa(i+1), Kind: comms.Quote,
			At: m.at, Side: side, From: m.from, Subject: m.subject,
			Offer: comms.Offer{Item: strings.TrimSpace(match[2]), Quantity: quantity, Months: months, Price: price}}})
	}
	return list, problems.Err()
}
