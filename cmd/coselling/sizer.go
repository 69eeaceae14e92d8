package main

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"

	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// sizer finds the size of the playbook of a deal.
type sizer struct {
	rules *stage.Rules
	rates map[value.Currency]value.ExchangeRate
}

// newSizer takes exchange rates, one on each line: 1 EUR = 1.08 USD on 2026-01-02.
func newSizer(rates []byte) (sizer, error) {
	rules, err := stage.DefaultRules()
	if err != nil {
		return sizer{}, err
	}
	s := sizer{rules, map[value.Currency]value.ExchangeRate{}}
	lines := bufio.NewScanner(bytes.NewReader(rates))
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" {
			continue
		}
		rate, err := value.ParseExchangeRate(text)
		if err != nil {
			return sizer{}, fmt.Errorf("line %d of the rates: %w", n, err)
		}
		s.rates[rate.From()] = rate
	}
	return s, lines.Err()
}

// of returns the size of a deal's playbook, or that it needs a rate to know.
func (s sizer) of(amount value.Money) string {
	size, err := s.rules.Size(amount, s.rates[amount.Currency()])
	if err != nil {
		return "needs a rate"
	}
	return size.String()
}

// why returns the reason of the size.
func (s sizer) why(amount value.Money) string {
	threshold := s.rules.Policy().Threshold
	text := "below the threshold of "
	switch s.of(amount) {
	case "standard":
		text = "not below the threshold of "
	case "needs a rate":
		return "its amount is in another currency than the threshold of " + money(threshold) +
			"; give a rate with -rates"
	}
	text += money(threshold)
	if rate := s.rates[amount.Currency()]; !rate.IsZero() && amount.Currency() != threshold.Currency() {
		text += " at " + rate.String()
	}
	return text
}
