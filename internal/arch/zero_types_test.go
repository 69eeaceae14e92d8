package arch

import (
	"github.com/coselling/coselling"
	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/comptest"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/memstore"
	"github.com/coselling/coselling/registration/sqlstore"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/stage/mapping"
	"github.com/coselling/coselling/value"
)

// everyType is a nil pointer to each exported type that has methods.
var everyType = []any{
	(*assess.Action)(nil), (*assess.AskKind)(nil), (*assess.Assessment)(nil), (*assess.Case)(nil),
	(*assess.Missing)(nil), (*assess.Rules)(nil), (*assess.Section)(nil), (*assess.Urgency)(nil),
	(*assess.View)(nil),
	(*book.Book)(nil), (*book.History)(nil),
	(*comms.Activity)(nil), (*comms.ActivityKind)(nil), (*comms.Correspondent)(nil), (*comms.Due)(nil),
	(*comms.Facts)(nil), (*comms.Finding)(nil), (*comms.Interaction)(nil), (*comms.Part)(nil), (*comms.Policy)(nil), (*comms.Purpose)(nil),
	(*comms.Report)(nil), (*comms.Rules)(nil), (*comms.Tracker)(nil),
	(*comptest.Bookings)(nil), (*comptest.Export)(nil),
	(*comp.Booking)(nil), (*comp.Bound)(nil), (*comp.Credited)(nil), (*comp.FiscalYear)(nil), (*comp.Held)(nil),
	(*comp.JointOrigin)(nil), (*comp.JointPrimary)(nil), (*comp.Ledger)(nil), (*comp.Line)(nil),
	(*comp.Measure)(nil), (*comp.Method)(nil), (*comp.Model)(nil), (*comp.MovementKind)(nil), (*comp.Payee)(nil),
	(*comp.Payout)(nil), (*comp.Period)(nil), (*comp.Plan)(nil), (*comp.Policy)(nil), (*comp.PolicyChange)(nil),
	(*comp.Quarter)(nil), (*comp.RateTerms)(nil), (*comp.Role)(nil), (*comp.Run)(nil), (*comp.Statement)(nil),
	(*comp.Team)(nil), (*comp.Totals)(nil),
	(*impact.Comparison)(nil), (*impact.Partial)(nil), (*impact.Report)(nil),
	(*life.Doubt)(nil), (*life.Event)(nil), (*life.Policy)(nil), (*life.Record)(nil), (*life.Snapshot)(nil),
	(*life.Verb)(nil),
	(*timeline.Basis)(nil), (*timeline.History)(nil), (*timeline.InForce)(nil),
	(*coselling.Engine)(nil),
	(*crmcsv.BadRow)(nil), (*crmcsv.Batch)(nil), (*crmcsv.Mapping)(nil), (*crmcsv.Outcome)(nil), (*crmcsv.Reader)(nil),
	(*deal.Blocker)(nil), (*deal.Change)(nil), (*deal.Deal)(nil), (*deal.Edit)(nil), (*deal.Record)(nil),
	(*escalation.Act)(nil), (*escalation.Case)(nil), (*escalation.Contact)(nil), (*escalation.Entry)(nil),
	(*escalation.Event)(nil), (*escalation.Function)(nil), (*escalation.Level)(nil), (*escalation.Policy)(nil),
	(*escalation.Roster)(nil), (*escalation.Route)(nil), (*escalation.Rules)(nil), (*escalation.State)(nil),
	(*model.Advice)(nil), (*model.Agreement)(nil), (*model.Consent)(nil), (*model.Duty)(nil),
	(*model.Engagement)(nil), (*model.Matrix)(nil), (*model.Mode)(nil), (*model.Origin)(nil),
	(*model.Participant)(nil), (*model.Parties)(nil), (*model.Party)(nil), (*model.Person)(nil),
	(*model.PlaybookSize)(nil), (*model.Registrant)(nil), (*model.Rep)(nil), (*model.Roles)(nil),
	(*model.Row)(nil), (*model.Side)(nil), (*model.Signals)(nil), (*model.Source)(nil), (*model.Strength)(nil),
	(*model.Team)(nil), (*model.Topic)(nil), (*model.YesNo)(nil),
	(*registration.Answer)(nil), (*registration.Claim)(nil), (*registration.Decision)(nil),
	(*registration.Holding)(nil), (*registration.Page)(nil), (*registration.Policy)(nil), (*registration.Registry)(nil),
	(*registration.Rival)(nil), (*registration.Rules)(nil), (*registration.Scope)(nil),
	(*registration.Standing)(nil), (*registration.Status)(nil), (*registration.Verb)(nil),
	(*matching.Key)(nil), (*matching.Policy)(nil), (*matching.Relation)(nil), (*matching.Rules)(nil),
	(*memstore.Store)(nil),
	(*sqlstore.Store)(nil),
	(*render.Document)(nil),
	(*stage.Event)(nil), (*stage.Fact)(nil), (*stage.Item)(nil), (*stage.ItemState)(nil), (*stage.Opening)(nil),
	(*stage.Override)(nil), (*stage.Owner)(nil), (*stage.Policy)(nil), (*stage.Progress)(nil),
	(*stage.Rules)(nil), (*stage.Schedule)(nil), (*stage.Stage)(nil), (*stage.Status)(nil),
	(*stage.TaskKind)(nil), (*stage.Verb)(nil),
	(*mapping.Mapping)(nil), (*mapping.System)(nil),
	(*value.Audience)(nil), (*value.Calendar)(nil), (*value.Class)(nil), (*value.Code)(nil),
	(*value.Currency)(nil), (*value.Date)(nil), (*value.Error)(nil), (*value.Errors)(nil),
	(*value.ExchangeRate)(nil), (*value.Money)(nil), (*value.Operand)(nil), (*value.Percent)(nil),
	(*value.Ratio)(nil), (*value.Reason)(nil), (*value.Rounding)(nil), (*value.Sum)(nil), (*value.Term)(nil),
	(*value.Workplace)(nil),
}
