package crmcsv

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/coselling/coselling/value"
)

// deal guesses the fields of a deal.
func (g *guess) deal() error {
	g.id()
	if c := g.best(useAccount, isFilled); c != nil {
		g.form.Fields["account"] = spec{Column: &c.name}
		g.takes("account", c, "")
	}
	g.guessCurrency()
	if err := g.value(); err != nil {
		return err
	}
	g.stage()
	g.closed()
	g.source()
	return nil
}

// made makes a fact up, which the mapping lists.
func (g *guess) made(field, because, up string) {
	g.form.MadeUp = append(g.form.MadeUp, up)
	g.note(field, "", because, "")
}

func (g *guess) id() {
	c := g.best(useID, isFilled)
	if c == nil {
		g.form.Fields["id"] = spec{RowNumber: true}
		g.note("id", "", "no column is named like an id, so the number of its line is the id of a deal",
			"the ids are numbers of lines, which change with each export")
		return
	}
	doubt := ""
	if len(c.texts) < len(c.cells) {
		doubt = "the column " + value.Quote(c.name) + " is blank or repeated in some rows, which cannot be read"
	}
	g.form.Fields["id"] = spec{Column: &c.name}
	g.takes("id", c, doubt)
}

// guessCurrency guesses the currency: that of a column, of the option, of the signs beside the amounts, or USD.
func (g *guess) guessCurrency() {
	codes := func(c *candidate) (values map[string]string, odd int) {
		values = map[string]string{}
		for _, text := range c.texts {
			if code := currencyIn(text); code == "" {
				odd++
			} else if values[text] = code; code == text {
				delete(values, text)
			}
		}
		return values, odd
	}
	faults := func(c *candidate) int { _, odd := codes(c); return odd + isFilled(c) }
	if c := g.best(useCurrency, faults); c != nil && 2*faults(c) <= len(c.texts) {
		from := spec{Column: &c.name}
		if values, _ := codes(c); len(values) > 0 {
			from.Values = values
			for _, text := range c.texts {
				if values[text] == "" {
					values[text] = cmp.Or(currencyIn(text), text)
				}
			}
			maps.DeleteFunc(values, func(_, code string) bool { return currencyIn(code) != code })
		}
		doubt := ""
		if !g.options.Currency.IsZero() && slices.Contains(c.cells, "") {
			from.Absent = new(g.options.Currency.String())
			doubt = "a row without a currency is in " + g.options.Currency.String()
		}
		g.form.Fields["currency"], g.currencies = from, c
		g.takes("currency", c, doubt)
		return
	}
	sign, shown, doubt := g.sign()
	switch {
	case !g.options.Currency.IsZero():
		g.currency = g.options.Currency
		g.made("currency", "no column has currencies, and "+g.currency.String()+" was stated for the file",
			"every amount is in "+g.currency.String()+", as it was stated for the file")
	case sign != "":
		g.currency, _ = value.ParseCurrency(sign)
		g.note("currency", "", "no column has currencies, and amounts are written with "+value.Quote(shown), doubt)
		if doubt != "" {
			g.form.MadeUp = append(g.form.MadeUp, "every amount is in "+sign)
		}
	default:
		g.currency, _ = value.ParseCurrency("USD")
		g.made("currency", "no column has currencies, and nothing beside the amounts says one",
			"every amount is in US dollars")
	}
	g.form.Fields["currency"] = spec{Constant: new(g.currency.String())}
}

// currencyIn returns the code of a currency that a text names by its code or by a sign of no other currency.
func currencyIn(text string) string {
	if code, err := value.ParseCurrency(strings.ToUpper(text)); err == nil {
		return code.String()
	}
	if codes := currenciesOf(folded(text)); !strings.Contains(codes, " ") {
		return codes
	}
	return ""
}

// sign returns the currency that most amounts have beside them, in the way in which the first of them has it.
func (g *guess) sign() (code, shown, doubt string) {
	counts, first := map[string]int{}, map[string]string{}
	for _, u := range [...]use{useActual, useExpected} {
		for _, c := range g.columnsOf[u] {
			for _, text := range c.texts {
				word, _ := currencyWord(text)
				code := cmp.Or(currencyIn(word), currenciesOf(folded(word)))
				if code != "" {
					counts[code]++
					first[code] = cmp.Or(first[code], word)
				}
			}
		}
	}
	if len(counts) == 0 {
		return "", "", ""
	}
	most := slices.MinFunc(slices.Sorted(maps.Keys(counts)), func(a, b string) int { return counts[b] - counts[a] })
	code, others, several := strings.Cut(most, " ")
	if several {
		doubt = value.Quote(first[most]) + " is read as " + code + " and is a sign of other currencies too, such as " +
			others[:3]
	}
	return code, first[most], doubt
}

// stage guesses the stages by the words of won and lost.
func (g *guess) stage() {
	faults := func(c *candidate) int {
		won, lost, _ := outcomes(c)
		return 2 - min(len(won), 1) - min(len(lost), 1)
	}
	c := g.best(useStage, faults)
	if c == nil {
		g.form.Fields["stage"] = spec{Constant: new("open")}
		g.made("stage", "no column is named like a stage", "every deal is open")
		return
	}
	won, lost, unsure := outcomes(c)
	values := map[string]string{"*": "open"}
	alike := map[string]bool{}
	for _, outcome := range [...]struct {
		name  string
		texts []string
	}{{"won", won}, {"lost", lost}} {
		for _, text := range outcome.texts {
			if form := folded(text); !alike[form] {
				alike[form], values[text] = true, outcome.name
			}
		}
	}
	g.form.Fields["stage"] = spec{Column: &c.name, Values: values}
	doubt := ""
	switch {
	case len(unsure) > 0:
		doubt = "deals of these stages count as open, and may be won or lost: " + firstOf(unsure)
	case len(won) == 0:
		doubt = "no stage in the first rows says that a deal is won, so every deal counts as open or lost"
	}
	g.takes("stage", c, clipped(doubt))
}

// outcomes returns the texts of a column that say won and lost, and in quotes those that may.
func outcomes(c *candidate) (won, lost, unsure []string) {
	for _, text := range c.texts {
		isWon, isLost, isEnd := false, false, false
		for _, word := range words(text) {
			isWon = isWon || isOneOf(word, wordsOfWon)
			isLost = isLost || isOneOf(word, wordsOfLost)
			isEnd = isEnd || isOneOf(word, wordsOfEnd)
		}
		switch {
		case isWon && !isLost:
			won = append(won, text)
		case isLost && !isWon:
			lost = append(lost, text)
		case isWon || isEnd:
			unsure = append(unsure, value.Quote(text))
		}
	}
	return won, lost, unsure
}

// source guesses who found a deal: the partner, where one is named.
func (g *guess) source() {
	isFlag := func(c *candidate) int {
		for _, text := range c.texts {
			if !isOneOf(folded(text), flags) {
				return 0
			}
		}
		return 1
	}
	c := g.best(usePartner, isFlag)
	if c == nil || isFlag(c) > 0 {
		g.form.Fields["source"] = spec{Constant: new("vendor")}
		g.made("source", "no column names partners", "the vendor has found every deal")
		return
	}
	g.form.Fields["source"] = spec{Column: &c.name, Present: new("partner"), Absent: new("vendor")}
	g.takes("source", c, "a partner that a deal names may not have found it, but is taken to")
}

// payees guesses the reps: owners are those of the vendor, at a stated rate of zero.
func (g *guess) payees() {
	rate, org := spec{Constant: new("0%")}, cmp.Or(g.options.Vendor, "vendor")
	owner := map[string]spec{"side": {Constant: new("vendor")}, "org": {Constant: &org}, "rate": rate}
	g.form.Payees[0] = owner
	const field = "payees[0].rep"
	c, given, family := g.best(useOwner, isFilled), g.best(useGiven, isFilled), g.best(useFamily, isFilled)
	switch {
	case given != nil && family != nil && (c == nil || c.rank >= partOfName || len(c.texts) == 0):
		owner["rep"] = spec{Columns: []string{given.name, family.name}, Join: new(" ")}
		g.placeholders(given)
		g.placeholders(family)
		g.note(field, given.name+", "+family.name, "the columns have the parts of names", "")
	case c != nil:
		owner["rep"] = spec{Column: &c.name}
		g.takes(field, c, "")
	default:
		owner["rep"] = spec{Constant: new("unassigned")}
		g.made(field, "no column names owners", "every deal is that of one rep, who is called unassigned")
	}
	const write = ", at 0%; write a roster with the reps and their rates"
	const because = "rates are not guessed; a roster has them"
	g.made("payees[0].rate", because, "every owner is a rep of the vendor, "+value.Quote(org)+write)
	if c := g.best(usePartnerRep, isFilled); c != nil {
		org := cmp.Or(g.options.Partner, "partner")
		g.form.Payees = append(g.form.Payees, map[string]spec{
			"rep": {Column: &c.name}, "side": {Constant: new("partner")}, "org": {Constant: &org}, "rate": rate,
		})
		g.takes("payees[1].rep", c, "")
		g.made("payees[1].rate", because, "every partner rep is one of the partner, "+value.Quote(org)+write)
	}
}
