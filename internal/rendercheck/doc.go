// Package rendercheck reads what render, comp and comp/impact write with the parsers
// that other people's programs use: Mermaid's own, one of iCalendar, one of Markdown.
// It is a module of its own, so that no importer gets them; it holds tests alone.
//
// Mermaid's parser needs Node.js. Install it into a folder anywhere and name that:
//
//	cp -r mermaid FOLDER && npm ci --prefix FOLDER
//	COSELLING_MERMAID=FOLDER go test ./...
//
// Without the variable the tests of charts skip with a message.
package rendercheck
