package stage

import (
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Opening describes how a deal enters. Day and Size are needed. A deal that enters at a stage, or won or lost, is
// an import, and needs Stage, At, From and Engagement. Gates and tasks of the stages before are not asked for, nor
// done.
type Opening struct {
	// day 1 of the playbook, in the zone of the workplace; up to the year 9000
	Day        value.Date         `json:"day" wire:"needed,set,code=deal.day"`
	Engagement model.Engagement   `json:"engagement,omitzero"` // the model; 0: it is not set
	Size       model.PlaybookSize `json:"size,omitzero"`       // see [Rules.Size]
	// the stage of an import, [Won] and [Lost] included; empty: the deal is no import and enters the first stage
	Stage Stage `json:"stage,omitzero"`
	// of an import as lost: the stage in which it was lost, and in which it reopens; empty: the first one
	LostFrom Stage     `json:"lost_from,omitzero"`
	At       time.Time `json:"at,omitzero"`   // since when an import is in its stage; zero: the start of Day
	From     string    `json:"from,omitzero"` // the system that an import comes from
	// the partners of a deal with participants, the one that leads at the opening first; nil: there is one partner.
	// It is no member of the document: the deal has them. It stays the caller's, who does not change it.
	Partners *model.Partners `json:"-"`
}

// Open begins a deal in its first stage. An import begins in its Stage; one that is [Won] stands in the last
// stage, one that is [Lost] in LostFrom, or the first. Errors, all at once, with paths that begin inside the opening,
// such as day: opening.day, opening.import, text.length, engagement.unknown, playbook.size.unknown; [StageUnknown]
// only where engagement and size name a playbook.
func (r *Rules) Open(o Opening) (Progress, error) {
	if err := r.missing(); err != nil {
		return Progress{}, err
	}
	if err := r.checkOpening(o); err != nil {
		return Progress{}, err
	}
	s := &state{opening: o, size: o.Size, status: Running, last: o.Day.Start(r.workplace.Zone).UTC(),
		lead: model.Party{Side: model.Partner}}
	if o.Partners != nil && len(o.Partners.All) > 0 {
		s.lead, s.parties.Partners = o.Partners.All[0].Party, o.Partners
	}
	if !o.At.IsZero() {
		s.last = o.At.UTC()
		s.opening.At = s.last
	}
	if o.Engagement == 0 {
		s.stage = r.books[model.PartnerLed][o.Size].Steps[0].Stage
		return Progress{s}, nil
	}
	if s.last.IsZero() { // the first day of the year 1
		return Progress{}, value.Below("at",
			value.NewError(model.AgreementAt, "nothing", "says since when the model is set"))
	}
	s.engagement, s.chosen, s.first = o.Engagement, s.last, tick{at: s.last}
	s.book = r.books[o.Engagement][o.Size]
	s.place(s.book)
	r.refresh(s)
	return Progress{s}, nil
}

// place puts an opened deal on its stage.
func (s *state) place(b *book) {
	switch s.opening.Stage {
	case "":
		s.at = 0
	case Won:
		s.at, s.status, s.since = len(b.steps)-1, ClosedWon, s.last
	case Lost:
		s.at, s.status, s.since = max(0, b.position(s.opening.LostFrom)), ClosedLost, s.last
	default:
		s.at = b.position(s.opening.Stage)
	}
	s.stage = b.Steps[s.at].Stage
	s.earliest = s.stage
	if s.at > 0 {
		s.second = s.last
	}
	s.excused = s.unasked(b)
}

// unasked returns the tasks of a playbook that stand before the stage at which the deal enters.
func (s *state) unasked(b *book) taskSet {
	stage := s.at
	if s.opening.Stage == Won {
		stage = len(b.Steps)
	}
	return b.where(func(t *Task, at, _ int) bool { return at < stage && t.Kind != AfterClose })
}

func (r *Rules) checkOpening(o Opening) error {
	var problems value.Errors
	if o.Day.IsZero() || o.Day.Year() > wire.LastYear {
		problems.Refuse("day", "opening.day", value.Quote(o.Day.String()),
			"is no day of the years 1 to "+strconv.Itoa(wire.LastYear))
	}
	if o.Engagement != 0 {
		problems.Add("engagement", o.Engagement.Check())
	}
	problems.Add("size", o.Size.Check())
	problems.Add("from", checkText(o.From))
	if o.Stage != "" || o.LostFrom != "" {
		problems.Add("", r.checkImport(o))
	}
	early := o.At.Before(o.Day.Start(r.workplace.Zone))
	if !o.At.IsZero() && !o.Day.IsZero() && (early || o.At.UTC().Year() > wire.LastYear) {
		problems.Refuse("at", openingImport, instant(o.At),
			"is not between the opening day and the year "+strconv.Itoa(wire.LastYear))
	}
	return problems.Err()
}

func (r *Rules) checkImport(o Opening) error {
	var problems value.Errors
	if o.At.IsZero() {
		problems.Refuse("at", openingImport, "nothing", "says since when the imported deal stands at its stage")
	}
	if strings.TrimSpace(o.From) == "" {
		problems.Refuse("from", openingImport, "nothing", "says where the import comes from")
	}
	if o.Engagement == 0 {
		problems.Refuse("engagement", openingImport, "nothing", "says the model, which a deal at a stage has")
	}
	if o.LostFrom != "" && o.Stage != Lost {
		problems.Refuse("lost_from", openingImport, value.Quote(string(o.LostFrom)),
			"is only for a deal that is imported as "+string(Lost))
	}
	if o.Engagement.Check() != nil || o.Size.Check() != nil {
		return problems.Err()
	}
	b := r.books[o.Engagement][o.Size]
	if o.LostFrom != "" && b.position(o.LostFrom) < 0 {
		problems.Add("lost_from", value.Known(StageUnknown, string(o.LostFrom), texts(b.stages())))
	}
	if o.Stage != "" && o.Stage != Won && o.Stage != Lost && b.position(o.Stage) < 0 {
		problems.Add("stage", value.Known(StageUnknown, string(o.Stage), texts(append(b.stages(), Won, Lost))))
	}
	return problems.Err()
}
