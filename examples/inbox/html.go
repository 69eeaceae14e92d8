package main

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlText returns the words of a page, a line for each of its blocks. What a mail quotes stands behind ">".
func htmlText(page string) string {
	var text, line strings.Builder
	quotes, hidden := 0, 0
	end := func() {
		if words := strings.Join(strings.Fields(line.String()), " "); words != "" {
			if quotes > 0 {
				text.WriteString("> ")
			}
			text.WriteString(words)
			text.WriteByte('\n')
		}
		line.Reset()
	}
	tokens := html.NewTokenizer(strings.NewReader(page))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		if kind == html.TextToken {
			if hidden == 0 {
				line.Write(tokens.Text())
			}
			continue
		}
		name, _ := tokens.TagName()
		on := map[html.TokenType]int{html.StartTagToken: 1, html.EndTagToken: -1}[kind]
		switch atom.Lookup(name) {
		case atom.Script, atom.Style, atom.Head, atom.Title:
			hidden = max(0, hidden+on)
		case atom.Body:
			hidden = 0
		case atom.Blockquote:
			end()
			quotes = max(0, quotes+on)
		case atom.P, atom.Div, atom.Br, atom.Hr, atom.Tr, atom.Li, atom.Ul, atom.Ol, atom.Table, atom.Pre, atom.H1,
			atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			end()
		case atom.Td, atom.Th:
			line.WriteByte(' ')
		}
	}
	end()
	return text.String()
}
