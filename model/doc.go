// Package model holds the vocabulary of a deal that two companies sell together: the two sides and their people,
// the three engagement models, and the responsibilities.
//
// [Recommend] reads the signals of a deal and returns the engagement model that they speak for, with its reasons.
// [Assign] gives every responsibility of that model to one accountable side and person. An [Agreement] is an act
// that needs the consent of both sides. A deal may have further partners: [Matrix.AssignAmong] gives each [Participant]
// what its [Function] takes over. [JudgeRegistration] and [JudgeFirstContact] find a model that does not fit
// the registration, or that was set too late.
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//
//		"github.com/coselling/coselling/model"
//	)
//
//	func main() {
//		signals := model.Signals{Source: model.FromPartner, PartnerTrusted: model.Yes}
//		advice := model.Recommend(signals, model.NoRegistrant)
//		engagement, err := advice.Decided() // partner_led
//		if err != nil {
//			log.Fatal(err) // ambiguous: it names the candidates
//		}
//		team := model.Team{Reps: []model.Rep{
//			{ID: "ana", Party: model.PartnerOrg("acme")},
//			{ID: "bo", Party: model.VendorOrg("us")},
//		}}
//		roles, err := model.Assign(engagement, team, model.Origin{Source: model.FromPartner})
//		if err != nil {
//			log.Fatal(err)
//		}
//		for _, duty := range roles.Duties {
//			fmt.Println(duty.Responsibility, duty.Accountable, duty.Owner) // role.relationship partner acme ana
//		}
//	}
//
// An ambiguous [Advice], a missing consent and a side without reps are no errors: they are values with reasons.
// Only malformed input is an error, with all of its problems at once.
//
// The responsibility matrix is data, in matrix_table.go; so are the signals, in signals.go.
package model
