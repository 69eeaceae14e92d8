package render

import (
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

const (
	svgNames  = 340 // units that the names at the left take
	svgRoom   = 560 // units from the first to the last day
	svgWide   = 960
	svgHead   = 52 // units above the first row, for the days and the names of lines
	svgRow    = 22
	svgTick   = 70 // units that the name of a day needs
	mostRunes = 54 // of a name
)

// GanttSVG returns the chart of [Gantt] as an SVG image for a page: no script, no style, readable without colour. A
// task that is done is filled, one that is late is hatched and says so, one that was waived is dashed, any other is an
// outline. Days are words; a bar has its name and days as a tooltip. Its elements have classes, such as done and late,
// for the page's colours. It is "" where no bar is drawn.
func GanttSVG(title string, s stage.Schedule, today, protected value.Date) string {
	list := lanes(s)
	if len(list) == 0 {
		return ""
	}
	c := drawing{today: today}
	rows := len(list)
	for _, l := range list {
		rows += len(l.bars)
		for _, b := range l.bars {
			c.reach(b.first)
			c.reach(b.last)
		}
	}
	c.reach(today)
	c.reach(protected)
	c.height = svgHead + rows*svgRow
	c.add(`<svg xmlns="http://www.w3.org/2000/svg" role="img" class="gantt" viewBox="0 0 `, svgWide, " ", c.height+8,
		"\" font-family=\"sans-serif\" font-size=\"12\">\n<title>", orUntitled(movedTitle(title, &s)), "</title>\n")
	c.b.WriteString(`<defs><pattern id="late" width="6" height="6" patternUnits="userSpaceOnUse" ` +
		`patternTransform="rotate(45)"><rect width="2.5" height="6" fill="currentColor"/></pattern></defs>` + "\n")
	c.days()
	y := svgHead
	for _, l := range list {
		c.add(`<text class="lane" font-weight="bold" fill="currentColor" x="0" y="`, y+16, `">`, l.name, "</text>\n")
		y += svgRow
		for i := range l.bars {
			c.bar(&l.bars[i], y)
			y += svgRow
		}
	}
	c.line("today", "today", today, c.x(today), 14, "")
	c.line("protected", "registration ends", protected, c.after(protected), 26, ` stroke-dasharray="2 3"`)
	c.b.WriteString("</svg>\n")
	return c.b.String()
}

// drawing is a chart that is being drawn.
type drawing struct {
	b                  strings.Builder
	first, last, today value.Date
	height             int
}

// reach lets the chart reach to a day; a zero day changes nothing.
func (c *drawing) reach(d value.Date) {
	if d.IsZero() {
		return
	}
	if c.first.IsZero() || d.Before(c.first) {
		c.first = d
	}
	if d.After(c.last) {
		c.last = d
	}
}

// add writes markup as it stands at even places, and between it numbers, and texts that it escapes.
func (c *drawing) add(parts ...any) {
	for i, part := range parts {
		switch v := part.(type) {
		case int:
			c.b.WriteString(strconv.Itoa(v))
		case string:
			if i%2 == 1 {
				v = escape.HTML(v)
			}
			c.b.WriteString(v)
		}
	}
}

// x returns the place of the start of a day.
func (c *drawing) x(d value.Date) int {
	return svgNames + d.Sub(c.first)*svgRoom/(c.last.Sub(c.first)+1)
}

// after returns the place of the end of a day.
func (c *drawing) after(d value.Date) int {
	return svgNames + (d.Sub(c.first)+1)*svgRoom/(c.last.Sub(c.first)+1)
}

// days draws whole weeks below the names of their first days, no closer than a name is wide.
func (c *drawing) days() {
	span := c.last.Sub(c.first) + 1
	step := max(7, (svgTick*span/svgRoom+6)/7*7)
	year := 0
	for n := 0; n < span; n += step {
		d, err := c.first.AddDays(n)
		if err != nil {
			return
		}
		y, month, day := d.YMD()
		name := strconv.Itoa(day) + " " + month.String()[:3]
		if y != year {
			name += " " + strconv.Itoa(y)
		}
		year = y
		c.add(`<path class="day" stroke="currentColor" stroke-opacity="0.2" d="M`, c.x(d), " ", svgHead-8, "V",
			c.height, `"/>`)
		c.text("day", "start", c.x(d), svgHead-12, name)
	}
}

// bar draws a row: the name, and the bar with its tooltip.
func (c *drawing) bar(b *bar, y int) {
	class, fill, note := "stage", `fill="currentColor" fill-opacity="0.25"`, ""
	switch {
	case b.item == nil:
	case b.item.State == stage.Done:
		class, fill, note = "done", `fill="currentColor"`, ", done"
	case b.item.State == stage.Waived:
		class, fill, note = "waived", `fill="none" stroke-dasharray="3 2"`, ", waived"
	case b.item.Overdue:
		class, fill, note = "late", `fill="url(#late)"`, ", late"
	default:
		class, fill = "open", `fill="none"`
	}
	from, to := c.x(b.first), c.after(b.last)
	days := words.Day(b.first, c.today) + " to " + words.Day(b.last, c.today)
	c.add(`<g class="`, class, `"><title>`, b.says+": "+days+note, "</title>")
	c.add(`<svg x="8" y="`, y, `" width="`, svgNames-14, `" height="`, svgRow, `"><text fill="currentColor" y="16">`,
		cut(b.says), "</text></svg>")
	c.add(`<rect stroke="currentColor" `+fill+` x="`, from, `" y="`, y+5, `" width="`, max(to-from-1, 2),
		`" height="`, svgRow-9, `" rx="2"/>`)
	if class == "late" {
		c.text("note", "start", to+5, y+15, "late")
	}
	c.b.WriteString("</g>\n")
}

// line draws a day across the chart; nothing for a zero day.
func (c *drawing) line(class, says string, d value.Date, x, y int, dash string) {
	if d.IsZero() {
		return
	}
	anchor := "start"
	if x > svgNames+svgRoom/2 {
		anchor = "end"
	}
	c.add(`<g class="`, class, `"><path stroke="currentColor" stroke-width="2"`+dash+` d="M`, x, " ", y, "V", c.height,
		`"/>`)
	c.text("note", anchor, x, y-3, says+", "+words.Day(d, c.today))
	c.b.WriteString("</g>\n")
}

// text writes a small text that starts, or ends, at a place: a note is bold.
func (c *drawing) text(class, anchor string, x, y int, says string) {
	weight := ""
	if class == "note" {
		weight = ` font-weight="bold"`
	}
	c.add(`<text class="`, class, `" font-size="11"`+weight+` fill="currentColor" text-anchor="`, anchor,
		`" x="`, x, `" y="`, y, `">`, says, "</text>\n")
}

// cut shortens a long name.
func cut(s string) string {
	if runes := []rune(escape.Line(s)); len(runes) > mostRunes {
		return string(runes[:mostRunes-1]) + "…"
	}
	return s
}
