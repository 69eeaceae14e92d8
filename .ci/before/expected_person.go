package main

import "strings"

// people gives the people of a deal their party; a document of the kind comms.person is
// one of them, or a list of them.
func people(document *Node) {
	document.Visit(func(path string, n *Node) {
		switch {
		case path == "people[]", path == "[].people[]", strings.HasSuffix(path, "deal.people[]"):
			person(n, false)
		case path == "" || path == "[]":
			if n.Member("people") == nil && n.Member("deal") == nil {
				person(n, false)
			}
		}
	})
}

// roster gives the people of a roster their party.
func roster(document *Node) {
	document.Visit(func(path string, n *Node) {
		if strings.HasSuffix(path, "people[]") && !strings.HasSuffix(path, "deal.people[]") {
			person(n, true)
		}
	})
}

// payees gives the payees of a comparison their party.
func payees(document *Node) {
	document.Visit(func(path string, n *Node) {
		if strings.HasSuffix(path, "payees[]") || strings.HasSuffix(path, "largest") {
			person(n, true)
		}
	})
}

// person puts the side of an object, and its organisation where it has one, into a member
// named party. A party that nobody knew before stays unknown.
func person(n *Node, org bool) {
	if !n.IsObject() {
		return
	}
	party := &Node{Text: "{"}
	at := -1
	for i := 0; i < len(n.Kids); i++ {
		switch name := unquote(n.Names[i]); {
		case name == "party":
			n.Names[i] = `"party "`
		case name == "side" || org && name == "org":
			if at < 0 {
				at = i
			}
			party.Names, party.Kids = append(party.Names, n.Names[i]), append(party.Kids, n.Kids[i])
			n.Remove(i)
			i--
		}
	}
	switch {
	case at < 0:
		return
	case org:
	case len(party.Kids) > 1: // which stands twice, as before
		party.Names = append(party.Names, `"org"`)
		party.Kids = append(party.Kids, &Node{Text: `""`})
	case party.Kids[0].Text == "null" || party.Kids[0].Text == `""`:
		party = &Node{Text: "null"}
	default:
		party.Names = append(party.Names, `"org"`)
		party.Kids = append(party.Kids, &Node{Text: `""`})
	}
	n.Names = append(n.Names[:at:at], append([]string{`"party"`}, n.Names[at:]...)...)
	n.Kids = append(n.Kids[:at:at], append([]*Node{party}, n.Kids[at:]...)...)
}
