package main

import (
	"fmt"
	"strings"

	"github.com/prometheus/alertmanager/config"
	"github.com/prometheus/alertmanager/dispatch"
	labels "github.com/prometheus/common/model"

	"github.com/coselling/coselling/escalation"
)

// alertmanagerRoute asks Alertmanager's tree, in one of two usual forms: a route for
// each kind, or a route for each level that lists its kinds in a regular expression.
func alertmanagerRoute(p escalation.Policy, kinds []escalation.BlockerKind, byLevel bool) candidate {
	tree := alertmanagerTree(p, kinds, byLevel)
	var sets []labels.LabelSet
	for _, kind := range kinds {
		sets = append(sets, labels.LabelSet{"kind": labels.LabelValue(kind)})
	}
	name := "Alertmanager, a route for each kind"
	if byLevel {
		name = "Alertmanager, a route for each level"
	}
	var matched []*dispatch.Route
	return candidate{
		name:   name,
		run:    func(i int) { matched = tree.Match(sets[i]) },
		answer: func() string { return receivers(matched) },
	}
}

func receivers(matched []*dispatch.Route) string {
	var names []string
	for _, route := range matched {
		names = append(names, route.RouteOpts.Receiver)
	}
	return strings.Join(names, " ")
}

// alertmanagerTree writes the table as Alertmanager's configuration.
func alertmanagerTree(p escalation.Policy, kinds []escalation.BlockerKind, byLevel bool) *dispatch.Route {
	var text strings.Builder
	text.WriteString("route:\n  receiver: none\n  routes:\n")
	for level := escalation.RepLevel; level <= escalation.DealDeskLegalLevel; level++ {
		var names []string
		for _, kind := range kinds {
			if p.Kinds[kind] == level {
				names = append(names, string(kind))
			}
		}
		operator := "="
		if byLevel {
			names, operator = []string{strings.Join(names, "|")}, "=~"
		}
		for _, name := range names {
			fmt.Fprintf(&text, "  - receiver: %s\n    matchers: [ 'kind%s\"%s\"' ]\n", level, operator, name)
		}
	}
	text.WriteString("receivers:\n- name: none\n- name: rep\n- name: manager\n- name: executive\n- name: deal_desk_legal\n")
	return dispatch.NewRoute(must(config.Load(text.String())).Route, nil)
}
