package world

import (
	"strings"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/naive/advice"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

// check asks about the deal and compares.
func (l *life) check() {
	a := l.Asked.At(l.Now)
	all := a.Everything()
	text := written(all)
	l.trace(text)
	l.count(&all)
	l.registered(&all)
	l.past()
	if l.rand.IntN(2) == 0 {
		return
	}
	l.replay(text)
	views := map[model.Party]string{}
	for _, party := range l.Parties() {
		v := a.For(party)
		views[party] = written(v)
		l.secret(party, views[party])
		l.ordered(&v)
	}
	l.calendar(&all)
	l.lastDays(&all)
	if len(l.Deal.Participants) == 0 {
		l.advised(&a, &all)
	}
	if l.rand.IntN(4) == 0 {
		l.noninterference(views)
	}
}

// count notes which rules the answer has.
func (l *life) count(v *assess.View) {
	for _, f := range v.Findings {
		l.Report.Rules[string(f.Reason.Code())]++
	}
	for _, a := range v.Next {
		l.Report.Rules["action "+string(a.Code)]++
	}
	for _, way := range v.Progress.Options {
		for _, shut := range way.Shut {
			l.Report.Rules[string(shut.Code)]++
		}
	}
}

// replay asks a new case with the same facts in another order.
func (l *life) replay(text string) {
	r := l.Record
	r.Events, r.Facts, r.Activities = shuffled(l, r.Events), shuffled(l, r.Facts), shuffled(l, r.Activities)
	r.Claims, r.Blockers = shuffled(l, r.Claims), shuffled(l, r.Blockers)
	a, err := l.Rules.Assess(l.Deal, r, l.Now)
	if again := written(a.Everything()); err != nil || again != text {
		l.wrong("the same facts, read again, give%s, %v", apart(again, text), err)
	}
}

func shuffled[T any](l *life, list []T) []T {
	list = append([]T(nil), list...)
	l.rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// past asks again as of an earlier instant: what was learnt of later ones changes nothing.
func (l *life) past() {
	if len(l.looks) > 0 && l.rand.IntN(3) == 0 {
		old := l.looks[l.rand.IntN(len(l.looks))]
		if again := written(l.Asked.At(old.asOf).Everything()); again != old.text {
			l.wrong("as of %v the answer is now%s", old.asOf, apart(again, old.text))
		}
	}
	if l.rand.IntN(4) == 0 {
		before := l.Now.Add(-time.Second) // what happens next is later
		l.looks = append(l.looks, view{before, written(l.Asked.At(before).Everything())})
	}
}

// secret checks that a party reads nothing that was planted for another one (view.side).
func (l *life) secret(reader model.Party, text string) {
	if strings.Contains(text, "pros_cons") {
		l.wrong("view.side: %s reads a doubt about the policy", reader)
	}
	for owner, list := range l.hidden {
		for _, hidden := range list {
			if owner != reader && strings.Contains(text, hidden) {
				n := strings.Index(text, hidden)
				l.wrong("view.side: %s reads %s of %s: %s", reader, hidden, owner, apart(text[:n], text))
			}
		}
	}
}

// otherwise turns what is hidden into something else of the same form.
var otherwise = strings.NewReplacer("secret", "riddle", "zzother", "zzelsewhere", "zzoz", "zzuz", "7.12345", "6.54321",
	"3.45678", "4.87654", "87654", "98765", "4567", "7654")

// noninterference asks with other hidden facts of one party: no byte of the other views changes (view.side).
func (l *life) noninterference(views map[model.Party]string) {
	l.Report.Rules["view.side with other hidden facts"]++
	party := l.Parties()[l.rand.IntN(len(l.Parties()))]
	d, r := written(l.Deal), written(l.Record)
	for _, hidden := range l.hidden[party] {
		other := otherwise.Replace(hidden)
		d, r = strings.ReplaceAll(d, hidden, other), strings.ReplaceAll(r, hidden, other)
	}
	changed, err := deal.Parse([]byte(d))
	record, errRecord := deal.ParseRecord([]byte(r))
	a, errAsked := l.Rules.Assess(changed, record, l.Now)
	if err != nil || errRecord != nil || errAsked != nil {
		l.wrong("other hidden facts are refused: %v %v %v", err, errRecord, errAsked)
		return
	}
	for reader, text := range views {
		if again := written(a.For(reader)); reader != party && again != text {
			l.wrong("view.side: what is hidden of %s changes what %s reads:%s", party, reader, apart(again, text))
		}
	}
}

// ordered checks the order of actions by their own facts (next.order), and that none stands twice (next.remedy).
func (l *life) ordered(v *assess.View) {
	for i := range v.Next {
		a := &v.Next[i]
		if i == 0 {
			continue
		}
		b := &v.Next[i-1]
		switch {
		case b.Urgency > a.Urgency,
			b.Urgency == a.Urgency && b.Due.IsZero() && !a.Due.IsZero(),
			b.Urgency == a.Urgency && !a.Due.IsZero() && a.Due.Before(b.Due):
			l.wrong("next.order: %s stands before %s", b.Text(), a.Text())
		case a.Text() == b.Text() && a.Owner == b.Owner && a.Party == b.Party && a.Code != b.Code:
			l.wrong("next.remedy: twice: %s", a.Text())
		}
	}
}

// advised compares the actions with what the specification alone says of them.
func (l *life) advised(a *assess.Assessment, all *assess.View) {
	parties := l.Parties()
	held := advice.HeldByOther(*all, parties...)
	for _, v := range []assess.View{*all, a.For(parties[0]), a.For(us)} {
		s := advice.Shown{View: v, Held: held}
		for i := range v.Next {
			a := &v.Next[i]
			claims := strings.HasPrefix(string(a.Code), "reg.") // which may be filed before a stage needs one
			if want := s.Rank(*a); a.Urgency != want && !claims {
				l.wrong("next.order: the rank of %s (%s) is %s, want %s", a.Text(), a.Code, a.Urgency, want)
			}
			if why := s.Groundless(*a); why != "" && !claims {
				l.wrong("next.remedy: %s is asked, but %s", a.Text(), why)
			}
		}
		if problem := s.Complete(func(what string) { l.Report.Rules["advice "+what]++ }); problem != "" {
			l.wrong("next.remedy: %s", problem)
		}
	}
}

// registered checks that the registry says of the deal's claim what the assessment says.
func (l *life) registered(v *assess.View) {
	claim := v.Registration.Claim
	if claim.Claim == "" || v.Progress.Status > 2 || l.rand.IntN(3) > 0 {
		return // a deal that has ended keeps the claim as it was
	}
	answer, err := call(l.world, "an answer", func(g *registration.Registry) (registration.Answer, error) {
		return g.Answer(background, us, claim.Claim, l.Now)
	})
	claim.Accepted, answer.Accepted = false, false
	claim.Reasons, answer.Reasons = nil, nil // they say instants otherwise
	if got, want := written(answer), written(claim); err != nil || got != want {
		l.wrong("reg.deal: the registry says\n%s\nand the deal\n%s, %v", got, want, err)
	}
}
