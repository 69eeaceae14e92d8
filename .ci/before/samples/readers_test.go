//go:build before

package coselling_test

import (
	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/stage/mapping"
)

// readers say which kinds a file may be.
var readers = map[string]func([]byte) bool{
	"book":                is(coselling.ParseBook),
	"deal":                is(coselling.ParseDeal),
	"record":              is(coselling.ParseRecord),
	"model.matrix":        is(model.ParseMatrix),
	"registration.policy": is(registration.ParsePolicy),
	"comp.policy":         is(comp.ParsePolicy),
	"comp.history":        is(timeline.Parse),
	"comp.partial":        is(impact.ParsePartial),
	"stage.policy":        is(stage.ParsePolicy),
	"stage.mapping":       is(mapping.Parse),
	"comms.policy":        is(comms.ParsePolicy),
	"escalation.policy":   is(escalation.ParsePolicy),
	"escalation.case":     is(escalation.ParseCase),
	"escalation.roster":   is(escalation.ParseRoster),
	"crmcsv.mapping":      is(crmcsv.ParseMapping),
}

// typesOf are the kinds of the documents that are read into a type.
var typesOf = map[string]string{
	"coselling.bookWire":      "book",
	"coselling.dealWire":      "deal",
	"coselling.recordWire":    "record",
	"coselling.blockerWire":   "blocker",
	"model.consentWire":       "model.consent",
	"model.partyWire":         "model.party",
	"model.personWire":        "model.person",
	"model.repWire":           "model.rep",
	"model.rowWire":           "model.matrix",
	"model.signalsWire":       "model.signals",
	"model.teamWire":          "model.team",
	"registration.claimWire":  "registration.claim",
	"registration.policyWire": "registration.policy",
	"registration.scopeWire":  "registration.scope",
	"comp.bookingWire":        "comp.booking",
	"comp.payeeWire":          "comp.payee",
	"comp.policyWire":         "comp.policy",
	"timeline.historyWire":    "comp.history",
	"impact.partialWire":      "comp.partial",
	"stage.eventWire":         "stage.event",
	"stage.factWire":          "stage.fact",
	"stage.openingWire":       "stage.opening",
	"stage.overrideWire":      "stage.override",
	"stage.policyWire":        "stage.policy",
	"mapping.wire":            "stage.mapping",
	"comms.activityWire":      "comms.activity",
	"comms.personWire":        "comms.person",
	"comms.policyWire":        "comms.policy",
	"escalation.caseWire":     "escalation.case",
	"escalation.eventWire":    "escalation.event",
	"escalation.policyWire":   "escalation.policy",
	"escalation.rosterWire":   "escalation.roster",
	"crmcsv.mappingWire":      "crmcsv.mapping",
}

func is[T any](parse func([]byte) (T, error)) func([]byte) bool {
	return func(document []byte) bool {
		_, err := parse(document)
		return err == nil
	}
}

// plain are texts that some function reads.
var plain = []string{
	"", "0", "1", "-1", "10000.00 USD", "120000.01 EUR", "-0.01 USD", "5 JPY", "1.234 KWD", "10.00 usd", "1e3 USD", "92233720368547758.07 USD",
	"92233720368547758.08 USD", "99999999999999.99 USD", "100000000000000 USD", "10000.00", "1.234", "0.001", ".5", "5.", "+5", "1,000.00",
	"30%", "0%", "100%", "100.000001%", "0.0000001%", "-5%", "30 %", "1e2%", "10000%", "10000.000001%", "33.333333%", "%",
	"USD", "EUR", "JPY", "KWD", "COP", "XXX", "XAU", "usd", "US", "USDT",
	"2026-11-22", "2026-02-29", "2024-02-29", "0001-01-01", "9999-12-31", "0000-01-01", "10000-01-01", "2026-1-2", "2026-11-31", "-001-01-01", "2026-11-22T00:00:00Z",
	"1 EUR = 1.0825 USD on 2026-11-02", "1 JPY = 0.0067 USD on 2026-11-02", "1 EUR = 0 USD on 2026-11-02", "1 EUR = 1 EUR on 2026-11-02", "2 EUR = 1.08 USD on 2026-11-02",
	"half_even", "half_up", "half_away_from_zero", "toward_zero", "down", "floor", "partner", "vendor", "joint", "each", "standard", "simplified", "partner_led", "vendor_led",
	"true_co_sell", "joint_by_partner", "joint_by_vendor", "unknown", "yes", "no", "leads", "alternates", "business_process", "services", "implementation", "product",
	"technical", "security", "commercial", "submitted", "queued", "approved", "rejected", "withdrawn", "expired", "won", "lost", "refused", "approve", "reject", "confirm",
	"withdraw", "extend", "win", "lose", "attainment", "period_amount", "deal_amount", "marginal", "retroactive", "closing", "registration", "origination", "split", "role_based",
	"equal", "primary", "supporting", "month", "quarter", "year", "january", "february", "december", "aws_partner_central", "microsoft_partner_center", "salesforce", "hubspot",
	"dynamics365", "required", "recurring", "conditional", "after_close", "running", "on_hold", "advance", "send_back", "hold", "resume", "reopen", "set_model", "resize",
	"record", "done", "waive", "raise", "open", "sync", "prep", "debrief", "agenda", "section_leads", "key_messages", "follow_ups", "learned", "next_steps", "plan_updated",
	"issues_flagged", "mail", "meeting", "call", "note", "question", "answer", "quote", "notification", "cancellation", "rep", "manager", "executive", "deal_desk_legal",
	"deal_desk", "legal", "opened", "acknowledged", "raised_again", "escalated", "reminded", "resolved", "reopened",
	"24 hours", "1 hour", "1 business day", "14 days", "1 hours", "02 hours", "10000 days", "10001 days", "0 days", "9223372036854775808 days",
}
