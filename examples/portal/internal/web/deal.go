package web

import (
	"html/template"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/stage"
)

// dealPage is the page of a deal as the party of the reader sees it. A form that was refused comes back with it.
type dealPage struct {
	form
	store.Seen
	Row     dealRow
	Steps   []step
	Mine    []act // what the reader's party does next
	Others  []act // what waits for others
	Chart   template.HTML
	Talk    []coselling.Finding // broken rules of talk that nobody has mended
	Wrong   []coselling.Finding // all others
	Credit  []creditLine
	History []historyRow
	Against []string     // why an action was refused
	Since   []historyRow // what somebody else did since the reader opened the page
	Late    bool         // the reader's form came after it
}

// step is a stage of the playbook: done, now or ahead.
type step struct {
	Says, State string
	stage.Window
}

// creditLine is a line of pay with its reason in words.
type creditLine struct {
	Payee, Credit, Commission, Why string
}

// dealOf returns the page of the deal that a request names, without what only the whole page shows.
func (s *Server) dealOf(q *request) (*dealPage, error) {
	seen, err := s.Store.Deal(q.Context(), q.who, q.PathValue("deal"))
	if err != nil {
		return nil, err
	}
	return &dealPage{Seen: seen, Row: rowOf(seen.View)}, nil
}

func (p *dealPage) address() string { return "/deals/" + p.View.Deal }

func (s *Server) deal(q *request) error {
	p, err := s.dealOf(q)
	if err != nil {
		return err
	}
	p.form = s.typed(q)
	return s.showDeal(q, http.StatusOK, p)
}

// overtaken shows a deal to somebody whose form was about an earlier version of it, with what happened since.
func (s *Server) overtaken(q *request, p *dealPage) error {
	if err := s.since(q, p); err != nil {
		return err
	}
	return s.showDeal(q, http.StatusConflict, p)
}

// since reads a deal again, and what happened to it after the version of a form.
func (s *Server) since(q *request, p *dealPage) error {
	fresh, err := s.dealOf(q)
	if err != nil {
		return err
	}
	p.Seen, p.Row, p.Late = fresh.Seen, fresh.Row, true
	seen, err := strconv.Atoi(p.Value("version"))
	if err != nil || seen < 0 || seen > p.Version {
		seen = p.Version
	}
	rows, err := s.historyOf(q, p.View)
	for _, row := range rows {
		if row.Version > seen {
			p.Since = append(p.Since, row)
		}
	}
	return err
}

func (s *Server) showDeal(q *request, status int, p *dealPage) (err error) {
	v := &p.View
	p.Mine, p.Others = actsOf(v, q.who, p.form)
	p.Steps = stepsOf(v)
	p.Chart = template.HTML(render.GanttSVG(say("deal.chart.of", accountOf(v)), v.Schedule, v.Today, p.Protected))
	for _, f := range v.Findings {
		switch {
		case !f.Until.IsZero():
		case f.Part == assess.SectionComms:
			p.Talk = append(p.Talk, f)
		default:
			p.Wrong = append(p.Wrong, f)
		}
	}
	p.Credit = creditOf(v)
	if p.History, err = s.historyOf(q, *v); err != nil {
		return err
	}
	return s.show(q, status, "deal", p)
}

func accountOf(v *coselling.View) string {
	if v.Account == "" {
		return say("deals.unnamed")
	}
	return v.Account
}

// stepsOf returns the stages of a deal.
func stepsOf(v *coselling.View) []step {
	var list []step
	state := "done"
	for _, w := range v.Schedule.Windows {
		here := w.Stage == v.Progress.Stage && v.Progress.Status != stage.ClosedWon
		if here {
			state = "now"
		}
		list = append(list, step{w.Says, state, w})
		if here {
			state = "ahead"
		}
	}
	return list
}

// codes are the ids of rules in a sentence.
var codes = regexp.MustCompile(` \([a-z]+\.[a-z_]+\)`)

// creditOf returns the lines of pay that the party may see, each with its reason.
func creditOf(v *coselling.View) []creditLine {
	var list []creditLine
	for _, l := range v.Credit.Lines {
		list = append(list, creditLine{l.Payee, l.QuotaCredit.Grouped(), l.Commission.Grouped(), whyOf(v.Party, l)})
	}
	return list
}

// whyOf returns the reason of a line of pay as a party may read it. The code of the rule in it is for who checks a
// statement; here it stays out.
func whyOf(party model.Party, l comp.Line) string {
	parts := map[string]string{}
	for _, op := range party.View(l.Reason()).Operands() {
		parts[op.Name()] = op.String()
	}
	credit := strings.ReplaceAll(parts["credit"], l.Base.String(), l.Base.Grouped())
	why := say("deal.credit.why", credit, strings.ReplaceAll(parts["as"], "_", " "), parts["rate"])
	return codes.ReplaceAllString(why, "")
}
