// Package domains finds the registrable domain of a host: acme.co.uk for
// www.acme.co.uk, by the public suffix list. It is a package of its own because the
// list is large and pulls the network packages of the standard library into a
// program; it reaches no network.
//
//	d, err := domains.Registrable("https://www.Acme.co.uk/about")
//	if err != nil {
//		return err
//	}
//	fmt.Println(d) // acme.co.uk
//
// Its one function is what package registration and package matching take as an
// argument.
package domains
