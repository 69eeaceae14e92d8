package assess

import (
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// remedy is one row of the table of what people do next (next.remedy): the finding or the situation, the
// instruction, the people who follow it, the day, and the place among all actions (next.order). A word in
// braces is filled in from the facts.
type remedy struct {
	rank Urgency
	code value.Code // the rule that asks for it
	says string     // the instruction
	who  who
	by   by
	do   func(*draft) // makes the change that the action asks for; nil: no record holds what is done
}

// who names the people who follow an instruction.
type who uint8

const (
	together   who = iota // both sides; of a move or a loss either side
	debtor                // the side whose work is missing
	relation              // the side that owns the relationship with the prospect; under true co-sell both
	claimant              // the side that filed the registration
	theVendor             // one of the vendor's channel owners
	thePartner            // the partner
)

// by is the day by which an instruction is followed.
type by uint8

const (
	noDay  by = iota
	today     // at once
	itsDay    // that of the task, the term or the end that it is about; one that has passed stays
)

// situation is the number of a row of the table.
type situation uint8

const (
	recordLoss situation = iota
	registerAgain
	registerJoint
	extendClaim
	renewClaim
	decideEarlier
	accountHeld
	decideLate
	confirmClaim
	ownCustomer
	handOver
	onePrice
	partnersPrice
	oneProposal
	modelAfterContact
	nameExecutives
	callPeople
	workWith
	repsSolve
	partiesSolve
	nobodyToCall
	unlistedParty
	nameRep
	setModel
	changeModel
	consent
	consentFor
	reviewHold
	resize
	decideClaim
	rejected
	registerDeal
	coverDeal
	openTask
	confirmSupport
	confirmLate
	takePart
	qualify
	sendProposal
	approvePricing
	executeContracts
	updateCRM
	openGate
	advance
	win
	newClose
	overdueTask
	forwardMail
	tellOther
	answerQuestion
	holdSync
	copyNote
	holdPrep
	holdDebrief
	agreeMessage
	contribution
	dueTask
	dealSource
	contradiction
	situations // how many there are
)

// remedies is the table. Its ranks are those of next.order: of two rows that are about one thing the higher
// one counts.
var remedies = [situations]remedy{
	// before all others
	recordLoss: {Losing, stage.GateQualified,
		"record the loss: on {day} the debrief decided that the opportunity is not qualified",
		together, today, (*draft).lose},

	// what loses a right, or the trust of the prospect
	registerAgain: {AtRisk, stage.RegistrationLapsed,
		"register the deal again: protection ended on {day}", claimant, today, (*draft).file},
	registerJoint: {AtRisk, registration.Unconfirmed,
		"register the deal again: the {side} did not confirm the joint claim, which ended on {day}",
		claimant, today, (*draft).file},
	extendClaim: {AtRisk, registration.Extension,
		"extend the registration: protection ends on {day}", claimant, itsDay, (*draft).extend},
	renewClaim: {AtRisk, registration.Life,
		"file a renewal of the registration, which cannot be extended: protection ends on {day}",
		claimant, itsDay, (*draft).file},
	decideEarlier: {AtRisk, registration.Order,
		"decide first on the earlier claim on the account, that of {holder}", theVendor, today, (*draft).decide},
	accountHeld: {AtRisk, registration.FirstWins,
		"settle with the vendor who works the account: {holder} holds it{until}", thePartner, today, nil},
	decideLate: {AtRisk, registration.LateApproval,
		"decide on the registration: the answer was due on {day}", theVendor, itsDay, (*draft).decide},
	confirmClaim: {AtRisk, registration.Unconfirmed,
		"confirm the joint registration: it protects nothing until then{end}", debtor, today, (*draft).confirm},
	ownCustomer: {AtRisk, registration.ExistingCustomer,
		"decide on the partner's claim: the account is the vendor's own customer; a channel owner records " +
			"the exception, or the partner withdraws", theVendor, today, (*draft).admit},
	handOver: {NextStep, registration.Life,
		"agree that the registration goes to {holder}, as the {side} proposed on {day}",
		debtor, today, (*draft).handOver},
	onePrice: {AtRisk, comms.OnePrice,
		"settle one price for {quantity} × {item}: the partner quotes {partner}, the vendor {vendor}",
		together, itsDay, (*draft).quote},
	partnersPrice: {AtRisk, comms.OnePrice,
		"settle one price for {quantity} × {item}: the {first} quotes {one}, the {second} {two}",
		together, itsDay, nil},
	oneProposal: {AtRisk, stage.GateSingleProposal,
		"withdraw all proposals but one: {count} are live", relation, today, (*draft).withdraw},
	modelAfterContact: {AtRisk, model.BeforeInteraction,
		"{choose}; the prospect was contacted on {day}", together, itsDay, (*draft).setModel},

	// open cases
	nameExecutives: {OpenCase, escalation.DetectRule,
		"name {executive}: the deal is worth {amount}", debtor, itsDay, (*draft).newExecutive},
	callPeople: {OpenCase, escalation.TotalRule,
		"call {people}: {what}", together, itsDay, (*draft).acknowledge},
	workWith: {OpenCase, escalation.TotalRule, "go on with {people}: {what}", together, noDay, (*draft).resolve},
	repsSolve: {OpenCase, escalation.TotalRule,
		"solve it between the two of you: {what}", together, itsDay, (*draft).resolve},
	partiesSolve: {OpenCase, escalation.TotalRule,
		"solve it between {people}: {what}", together, itsDay, (*draft).resolve},
	nobodyToCall: {OpenCase, escalation.RosterRule,
		"name the people to call: {what}, and no roster lists them", together, today, nil},
	unlistedParty: {OpenCase, partyRoster,
		"name the people of {party} to call, which no roster lists{rep}", debtor, today, nil},

	// the next step of the playbook
	nameRep: {NextStep, model.NoOrphan, "name a rep of the {side}: nobody does its work",
		debtor, itsDay, (*draft).newRep},
	setModel: {NextStep, stage.GateModelSet, "{choose}", together, itsDay, (*draft).setModel},
	changeModel: {NextStep, model.RegistrationMismatch,
		"change the engagement model to {model}, as the registration decides; both sides agree",
		relation, today, (*draft).changeModel},
	consent: {NextStep, stage.StageConsent,
		"consent to {act}, or say no: {name} asked on {day}", debtor, itsDay, (*draft).consent},
	consentFor: {NextStep, stage.StageConsent,
		"have a manager consent to {act} in place of {side}, which has not answered {name} since {day}",
		debtor, today, (*draft).consentFor},
	reviewHold: {NextStep, "stage.hold_review",
		"resume the deal, record the loss or name another day to review the hold", debtor, itsDay, (*draft).review},
	resize: {NextStep, stage.StageReplanned,
		"move the deal to the {size} playbook, which its amount calls for", relation, itsDay, (*draft).resize},
	decideClaim: {NextStep, registration.Life, "decide on the registration", theVendor, itsDay, (*draft).decide},
	rejected: {NextStep, registration.Life,
		"settle with the vendor why it rejected the registration on {day}, and file it anew: {why}",
		claimant, today, (*draft).file},
	registerDeal: {NextStep, stage.GateRegistered, "register the deal", relation, itsDay, (*draft).file},
	coverDeal: {NextStep, registration.DealCovered,
		"register the deal: the claim on record does not cover it", claimant, itsDay, (*draft).file},
	openTask: {NextStep, stage.GateTasks, "{says}", debtor, itsDay, (*draft).task},
	confirmSupport: {NextStep, stage.GateSupportConfirmed,
		"confirm capacity, fit and timing to support the deal", debtor, itsDay, opens(stage.SupportConfirmed)},
	confirmLate: {DueLater, stage.GateSupportConfirmed,
		"confirm capacity, fit and timing to support the deal, which your company joined on {day}",
		debtor, itsDay, opens(stage.SupportConfirmed)},
	takePart: {NextStep, stage.GatePartnerEngaged,
		"join a meeting or a call with the prospect, or do a task of the partner",
		thePartner, itsDay, opens(stage.PartnerEngaged)},
	qualify: {NextStep, stage.GateQualified,
		"debrief and decide whether the opportunity is qualified", together, itsDay, opens(stage.Qualified)},
	sendProposal: {NextStep, stage.GateSingleProposal, "send one proposal for both sides",
		relation, itsDay, opens(stage.ProposalSent)},
	approvePricing: {NextStep, stage.GatePricingApproved,
		"approve your pricing in the proposal that is live", debtor, itsDay, opens(stage.PricingApproved)},
	executeContracts: {NextStep, stage.GateContractsExecuted, "have the contracts executed",
		relation, itsDay, opens(stage.ContractsExecuted)},
	updateCRM: {NextStep, stage.GateCRMUpdated, "update your CRM", debtor, itsDay, opens(stage.CRMUpdated)},
	openGate: {NextStep, "", "do what the playbook asks for and record it: {gate}",
		debtor, itsDay, (*draft).own},
	advance: {NextStep, stage.GateOrder,
		"move the deal on to {stage}{consent}", relation, itsDay, (*draft).move},
	win: {NextStep, stage.GateOrder,
		"record the deal as won{consent}", relation, itsDay, (*draft).move},

	// what was due before; before its day it stands in the last rank
	newClose: {Overdue, committedClose,
		"set a new day for the close: the deal was to close on {day}", relation, today, (*draft).newClose},
	overdueTask: {Overdue, stage.StageOverdue, "{says}", debtor, itsDay, (*draft).task},
	forwardMail: {Overdue, comms.SingleThread,
		"forward the mail {subject} to {missing}, who missed it", debtor, itsDay, (*draft).forward},
	tellOther: {Overdue, comms.Notify, "tell the {other} about the {kind} with the prospect",
		debtor, itsDay, about(comms.Notification)},
	answerQuestion: {Overdue, comms.Response, "answer the question {subject}", debtor, itsDay, about(comms.Answer)},
	holdSync: {Overdue, comms.WeeklySync, "hold the weekly sync of the two reps",
		together, itsDay, call(comms.Sync)},
	copyNote: {Overdue, comms.SharedNotes,
		"copy the note {subject} into the {other}'s CRM", debtor, itsDay, about(comms.Note)},
	holdPrep: {Overdue, comms.Prep, "prepare the meeting {subject} together{missing}",
		together, itsDay, call(comms.PrepCall)},
	holdDebrief: {Overdue, comms.Debrief,
		"debrief the meeting {subject} together{missing}",
		together, itsDay, call(comms.DebriefCall)},
	agreeMessage: {Overdue, comms.OneMessage,
		"agree on the key messages in the shared deal plan", together, itsDay, (*draft).agree},
	contribution: {Overdue, comp.ContributionUpfront,
		"agree and record what {rep} contributes to the deal", debtor, noDay, nil},

	// what is due later
	dueTask: {DueLater, stage.StageWindows, "{says}", debtor, itsDay, (*draft).task},
	dealSource: {DueLater, model.SingleOwner,
		"record which side found the deal; until then shared work falls to the vendor",
		together, noDay, (*draft).source},
	contradiction: {DueLater, model.Contradiction,
		"correct the facts about the prospect: {facts} exclude each other", together, noDay, (*draft).correct},
}
