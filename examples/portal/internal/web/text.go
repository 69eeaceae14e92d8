package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// english has every sentence of the portal by its key. The sentences about a deal are the library's.
//
//go:embed text.en.json
var english []byte

var sentences = func() map[string]string {
	var list map[string]string
	if err := json.Unmarshal(english, &list); err != nil {
		panic(err)
	}
	return list
}()

// say returns a sentence with its values in it. A key without a sentence is shown as it is; a test finds it.
func say(key string, values ...any) string {
	text, ok := sentences[key]
	if !ok {
		return "[" + key + "]"
	}
	if len(values) == 0 {
		return text
	}
	return fmt.Sprintf(text, values...)
}

//go:embed templates
var templates embed.FS

// pages are the templates by the names of their pages, each with the layout and the parts that pages share.
type pages map[string]*template.Template

func parsePages() (pages, error) {
	files, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		return nil, err
	}
	list := make(pages)
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".html")
		if name == "layout" || name == "parts" {
			continue
		}
		t := template.New(name).Funcs(functions)
		if list[name], err = t.ParseFS(templates, "templates/layout.html", "templates/parts.html", file); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// functions are those that templates call.
var functions = template.FuncMap{
	"say": say, "day": day, "when": when, "iso": iso, "model": modelName, "stage": stageName,
	"choice": choice, "join": strings.Join,
	"words": func(name any) string { return strings.ReplaceAll(fmt.Sprint(name), "_", " ") },
	"add":   func(a, b int) int { return a + b },
	"dict": func(pairs ...any) map[string]any {
		m := make(map[string]any)
		for i := 0; i+1 < len(pairs); i += 2 {
			m[fmt.Sprint(pairs[i])] = pairs[i+1]
		}
		return m
	},
}

// choice returns an answer that a form offers in words; a name or an amount is what it is.
func choice(name string) string {
	if text, ok := sentences["choice."+name]; ok {
		return text
	}
	return name
}

// day returns a day as people write it, such as 4 Nov 2026; empty for none.
func day(d value.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Start(nil).Format("2 Jan 2006")
}

// when returns an instant in the zone of the reader; empty for none.
func when(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	if zone == nil {
		zone = time.UTC
	}
	return t.In(zone).Format("2 Jan 2006, 15:04 MST")
}

// iso returns an instant for programs, as the datetime of a time element has it.
func iso(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// modelName returns the engagement model of a deal in words.
func modelName(choice coselling.View) string {
	engagement := choice.Model.Set
	if engagement == 0 {
		if advised := choice.Model.Advice.Engagement; advised != 0 {
			return say("model.advised", say("model."+advised.String()))
		}
		return say("model.none")
	}
	return say("model." + engagement.String())
}

// stageName returns where a deal stands, in the words of its playbook.
func stageName(v coselling.View) string {
	switch v.Progress.Status {
	case stage.Running:
		for _, w := range v.Schedule.Windows {
			if w.Stage == v.Progress.Stage {
				return w.Says
			}
		}
	case 0:
		return ""
	}
	return say("status." + v.Progress.Status.String())
}
