// Package mapping translates the stage names of other systems to the stages of a
// playbook and back, and says what a translation loses (SPEC 3.8).
//
//	m, err := mapping.Shipped(mapping.AWSPartnerCentral)
//	if err != nil {
//		return err
//	}
//	s, err := m.Import("Technical Validation") // stage.Presentation, the earliest that it covers
//	if err != nil {
//		return err
//	}
//	theirs, err := m.Export(stage.Evaluation)
//	fmt.Println(theirs.Name, theirs.Loss) // Technical Validation covers presentation too, so the way back is not exact
//
// A mapping is a JSON file. Those of [AWSPartnerCentral], [MicrosoftPartnerCenter],
// [Salesforce], [HubSpot] and [Dynamics365] are part of the package, each with the
// source of its names; an importer's own is a file of the same form, read by [Parse].
package mapping
