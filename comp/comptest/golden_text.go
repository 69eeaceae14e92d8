package comptest

import (
	"strings"

	"github.com/coselling/coselling/comp"
)

// text writes the policy, the statements and the sums of each payee.
func (l *ledger) text() (string, error) {
	policy, err := canonical(l.plan.Policy())
	if err != nil {
		return "", err
	}
	var out strings.Builder
	out.WriteString(policy + "\n")
	for i := range l.entries {
		out.WriteString("\n")
		if err := l.writeEntry(&out, &l.entries[i]); err != nil {
			return "", err
		}
	}
	sums, err := l.sums()
	return out.String() + "\n" + sums, err
}

// writeEntry writes one statement: a head with the id, and the lines of the payees.
func (l *ledger) writeEntry(out *strings.Builder, e *entry) error {
	head := []string{shown(e.id), e.day.String()}
	switch {
	case e.err != nil:
		out.WriteString(strings.Join(head, "  ") + "  refused\n" + indented(e.err) + "\n")
		return nil
	case e.move != nil && e.move.Kind == comp.Reversed:
		head = append(head, e.statement.Value.String(), "takes back "+shown(e.statement.Of))
	case e.move != nil:
		head = append(head, strings.ReplaceAll(e.move.Kind.String(), "_", " ")+" on "+shown(e.statement.Of))
	case e.deal != nil:
		head = append(head, e.statement.Value.String())
	}
	out.WriteString(strings.Join(head, "  ") + "\n")
	for i := range e.statement.Lines {
		if err := l.writeLine(out, &e.statement.Lines[i]); err != nil {
			return err
		}
	}
	return nil
}

func (l *ledger) writeLine(out *strings.Builder, line *comp.Line) error {
	out.WriteString("  " + shown(line.Payee) + " (" + partyText(line.Party) + ")  " + amountsText(amountsOf(line)) +
		"  " + line.Why() + "\n")
	if line.QuotaCredit.Sign() < 0 {
		return nil // a reversal has the tiers of its deal
	}
	parts, err := l.plan.TierParts(*line)
	if err != nil || len(parts) < 2 {
		return err
	}
	for _, part := range parts {
		from := part.Tier.From.String()
		if part.Tier.From == (comp.Bound{}) {
			from = "0"
		}
		out.WriteString("    " + digits(part.Credit) + " from " + from + " on at " + part.Tier.Rate.String() + ": " +
			digits(part.Commission) + "\n")
	}
	return nil
}

// sums writes the totals of each rep, of all reps and of each company that is paid, ordered by party and id.
func (l *ledger) sums() (string, error) {
	var totals comp.Totals
	for i := range l.entries {
		if l.entries[i].err == nil {
			if err := totals.Add(l.entries[i].statement); err != nil {
				return "", err
			}
		}
	}
	var out strings.Builder
	list := func(payees []comp.Total, err error) error {
		for _, p := range payees {
			out.WriteString("  " + shown(p.Payee) + " (" + partyText(p.Party) + ")  " + totalText(&p) + "\n")
		}
		return err
	}
	out.WriteString("in all\n")
	if err := list(totals.Payees()); err != nil {
		return "", err
	}
	all, err := totals.Side(0)
	if err != nil {
		return "", err
	}
	out.WriteString("  everyone  " + totalText(&all) + "\n")
	return out.String(), list(totals.Companies())
}

func totalText(t *comp.Total) string {
	return amountsText(comp.Amounts{QuotaCredit: t.QuotaCredit, Influenced: t.Influenced, Commission: t.Commission})
}
