package book_test

import (
	"slices"
	"testing"

	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func diff(t testing.TB, before, after book.Book) []string {
	t.Helper()
	changes, err := book.Diff(before, after)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, c := range changes {
		lines = append(lines, c.String())
	}
	return lines
}

func TestDiffNamesEveryField(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*book.Book)
		want   []string
	}{
		{"nothing", func(*book.Book) {}, nil},
		{"head", func(b *book.Book) {
			b.Version, b.From, b.Zone = "none", value.MustDate("2027-01-01"), "Europe/Berlin"
		},
			[]string{`version default -> "none"`, "from 2026-01-01 -> 2027-01-01", "zone UTC -> Europe/Berlin"}},
		{"comp, in its own words", func(b *book.Book) {
			b.Comp.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("40%")
			b.Comp.RoleBased.Contributions["demo"] = value.MustPercent("5%")
		}, []string{"comp.role_based.contributions.demo none -> 5%",
			"comp.role_based.contributions.technical_validation 30% -> 40%"}},
		{"money", func(b *book.Book) { b.Stage.Threshold = value.MustMoney("50000 USD") },
			[]string{"stage.threshold 25000.00 USD -> 50000.00 USD"}},
		{"a task", func(b *book.Book) {
			b.Stage.Playbooks[0].Steps[1].Tasks[0].Owner = stage.ByVendor
			b.Stage.Playbooks[0].Steps[1].Tasks[0].Role = ""
		}, []string{
			"stage.playbooks[partner_led.standard].stages[discovery].tasks[discovery_call].owner partner -> vendor",
			"stage.playbooks[partner_led.standard].stages[discovery].tasks[discovery_call].role role.discovery -> " +
				"none"}},
		{"a task less, one more, those behind stay the same", func(b *book.Book) {
			tasks := b.Stage.Playbooks[0].Steps[5].Tasks
			b.Stage.Playbooks[0].Steps[5].Tasks = append([]stage.Task{{ID: "party", Owner: stage.Jointly,
				Kind: stage.Recurring, Says: "celebrate"}}, tasks[1:]...)
		}, []string{
			"stage.playbooks[partner_led.standard].stages[close].tasks[party].task none -> party",
			"stage.playbooks[partner_led.standard].stages[close].tasks[party].owner none -> joint",
			"stage.playbooks[partner_led.standard].stages[close].tasks[party].kind none -> recurring",
			"stage.playbooks[partner_led.standard].stages[close].tasks[party].says none -> celebrate",
			"stage.playbooks[partner_led.standard].stages[close].tasks[execute_contract].task execute_contract -> none",
			"stage.playbooks[partner_led.standard].stages[close].tasks[execute_contract].owner partner -> none",
			"stage.playbooks[partner_led.standard].stages[close].tasks[execute_contract].kind required -> none",
			"stage.playbooks[partner_led.standard].stages[close].tasks[execute_contract].says execute the contracts " +
				"-> none",
			"stage.playbooks[partner_led.standard].stages[close].tasks[execute_contract].role role.contract -> none",
			"stage.playbooks[partner_led.standard].stages[close].tasks[execute_contract].fact contracts_executed -> " +
				"none"}},
		{"a stage more, of which nothing is asked", func(b *book.Book) {
			steps := &b.Stage.Playbooks[3].Steps
			*steps = append(*steps, stage.Step{Stage: "after", Says: "After", First: 91, Last: 92})
		}, []string{
			"stage.playbooks[partner_led.simplified].stages[after].stage none -> after",
			"stage.playbooks[partner_led.simplified].stages[after].says none -> After",
			"stage.playbooks[partner_led.simplified].stages[after].first none -> 91",
			"stage.playbooks[partner_led.simplified].stages[after].last none -> 92",
			"stage.playbooks[partner_led.simplified].stages[after].gates none -> empty",
			"stage.playbooks[partner_led.simplified].stages[after].tasks none -> empty"}},
		{"order alone", func(b *book.Book) { slices.Reverse(b.Stage.Overridable[:3]) }, []string{
			"stage.overridable gate.support_confirmed, gate.partner_engaged, gate.qualified, gate.crm_updated, " +
				"gate.tasks -> gate.qualified, gate.partner_engaged, gate.support_confirmed, gate.crm_updated, " +
				"gate.tasks"}},
		{"texts and numbers of lists", func(b *book.Book) {
			b.Registration.ChannelOwners = []string{"channel_owner_1", "Ana Díaz", "channel_owner_2"}
			b.Registration.Reminders = []int{30, 10, 7}
		}, []string{`registration.channel_owners["Ana Díaz"] none -> listed`,
			"registration.reminders[10] none -> listed", "registration.reminders[14] listed -> none"}},
		{"twice in a list, which is refused",
			func(b *book.Book) { b.Registration.ChannelOwners[1] = "channel_owner_1" },
			[]string{"registration.channel_owners[channel_owner_1#2] none -> listed",
				"registration.channel_owners[channel_owner_2] listed -> none"}},
		{"an empty list", func(b *book.Book) { b.Registration.Reminders = nil },
			[]string{"registration.reminders[30] listed -> none", "registration.reminders[14] listed -> none",
				"registration.reminders[7] listed -> none"}},
		{"the matrix", func(b *book.Book) {
			b.Roles[1].TrueCoSell = model.Cell{Mode: model.Leads, Leader: model.Vendor, Support: "none"}
		}, []string{
			"roles[role.discovery].true_co_sell.mode joint -> leads",
			"roles[role.discovery].true_co_sell.leader none -> vendor",
			`roles[role.discovery].true_co_sell.support none -> "none"`,
			"roles[role.discovery].true_co_sell.how partner takes business process, vendor takes technical " +
				"requirements -> none"}},
	} {
		after := book.Default()
		c.change(&after)
		if got := diff(t, book.Default(), after); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// A text that looks like the mark of an absent field, or like such a text in quotes, is
// quoted.
func TestDiffQuotesTextThatLooksLikeAMark(t *testing.T) {
	one, two := book.Default(), book.Default()
	one.Version, two.Version = `none`, `"none"`
	if got := diff(t, one, two); !slices.Equal(got, []string{`version "none" -> "\"none\""`}) {
		t.Errorf("%q", got)
	}
}
