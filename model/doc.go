// Package model says who sells a deal: the two sides and their people, the
// three engagement models, which one fits a deal, and which side is accountable
// for what.
//
// [Recommend] reads the signals of a deal and says which engagement model they
// speak for, and why. [Assign] gives every responsibility of that model to one
// accountable side and person. An [Agreement] is a step that needs the consent
// of both sides. [CheckRegistration] and [CheckFirstContact] find a
// model that does not fit the registration, or that was set too late.
//
//	team := model.Team{Reps: []model.Rep{
//		{ID: "ana", Party: model.PartnerOrg("acme")},
//		{ID: "bo", Party: model.VendorOrg("us")},
//	}}
//	advice := model.Recommend(model.Signals{Source: model.FromPartner, PartnerTrusted: model.Yes}, model.NoRegistrant)
//	engagement, err := advice.Decided() // ambiguous: an error that names the candidates
//	if err != nil {
//		return err
//	}
//	roles, err := model.Assign(engagement, team, model.Origin{Source: model.FromPartner})
//	if err != nil {
//		return err
//	}
//	for _, duty := range roles.Duties {
//		fmt.Println(duty.Responsibility, duty.Accountable, duty.Owner)
//	}
//
// What the sides have not settled yet is no error: an ambiguous [Advice], a consent
// that lacks and a side without reps are values with reasons. Only input that means
// nothing is an error, all of its problems at once.
//
// The responsibility matrix is data, in matrix_table.go; the signals are data, in
// signals.go.
package model
